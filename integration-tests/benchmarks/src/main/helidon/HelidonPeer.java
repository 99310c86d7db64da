import io.github.jettympm.bench.app.Payload;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Helidon with its own routing, which has no servlets: the same responses as the servlets of the WAR. A source file of
 * its own, since Helidon's classes are of a newer Java than the project; the JDK that runs it compiles it.
 */
public final class HelidonPeer {
    private static final byte[] HELLO = Payload.hello();
    private static final byte[] JSON = Payload.json();
    private static final byte[] PIECE = Payload.piece();

    private HelidonPeer() {}

    public static void main(String... arguments) {
        Map<String, String> settings = Stream.of(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(Integer.parseInt(settings.get("port")))
                .idleConnectionTimeout(Duration.ofMinutes(10))
                .maxPayloadSize(-1)
                .routing(routing -> route(routing, Path.of(settings.get("files"))))
                .build()
                .start();
    }

    private static void route(HttpRouting.Builder routing, Path files) {
        routing.get("/bench/hello", (request, response) -> hello(response))
                .get("/bench/sleep", HelidonPeer::sleep)
                .get("/bench/mixed", HelidonPeer::mixed)
                .get("/bench/json", (request, response) -> json(response))
                .get("/bench/static/{name}", (request, response) -> file(request, response, files))
                .get("/bench/download", (request, response) -> download(response))
                .post("/bench/upload", HelidonPeer::upload);
    }

    private static void hello(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain");
        response.send(HELLO);
    }

    private static void json(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(JSON);
    }

    private static void sleep(ServerRequest request, ServerResponse response) throws InterruptedException {
        Thread.sleep(Long.parseLong(request.query().get("ms")));
        hello(response);
    }

    private static void mixed(ServerRequest request, ServerResponse response) throws InterruptedException {
        if ("slow".equals(request.query().rawValue())) {
            Thread.sleep(200);
        }
        hello(response);
    }

    private static void file(ServerRequest request, ServerResponse response, Path files) throws IOException {
        response.send(Files.readAllBytes(
                files.resolve("static").resolve(request.path().pathParameters().get("name"))));
    }

    private static void download(ServerResponse response) throws IOException {
        response.contentLength(Payload.LARGE);
        try (OutputStream out = response.outputStream()) {
            for (int left = Payload.LARGE; left > 0; left -= PIECE.length) {
                out.write(PIECE);
            }
        }
    }

    private static void upload(ServerRequest request, ServerResponse response) throws IOException {
        byte[] buffer = new byte[Payload.PIECE];
        long total = 0;
        try (InputStream in = request.content().inputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
            }
        }
        response.send(Long.toString(total));
    }
}
