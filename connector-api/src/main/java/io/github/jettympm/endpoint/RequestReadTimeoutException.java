package io.github.jettympm.endpoint;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A client takes longer to send a request than {@code requestReadTimeout} allows. An application that reads content gets
 * it as the cause of an {@code IOException}; if it lets that pass, the response has the status 408 (RFC 9110, 15.5.9).
 */
public final class RequestReadTimeoutException extends TimeoutException implements HttpException {
    private static final long serialVersionUID = 1;

    /** Makes the exception, for the content of a request. */
    public RequestReadTimeoutException() {
        super("The content of the request arrives too slowly; see requestReadTimeout");
    }

    @Override
    public int getCode() {
        return HttpStatus.REQUEST_TIMEOUT_408;
    }

    @Override
    public String getReason() {
        return getMessage();
    }
}
