package io.github.jettympm.it.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Reads the whole body with blocking reads and answers with its length and SHA-256. */
public class DigestServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var sha256 = sha256();
        var length =
                request.getInputStream().transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        response.setContentType("text/plain");
        response.getOutputStream()
                .print("%d bytes, SHA-256 %064x\n".formatted(length, new BigInteger(1, sha256.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
