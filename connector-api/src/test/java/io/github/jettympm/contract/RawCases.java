package io.github.jettympm.contract;

import static io.github.jettympm.contract.RawCase.Then.DROP;
import static io.github.jettympm.contract.RawCase.Then.HALF_CLOSE;
import static io.github.jettympm.contract.RawCase.Then.LAST_REQUEST;

import java.util.ArrayList;
import java.util.List;

/**
 * What strangers may send, good and bad (RFC 9110 and 9112): all of it has to be answered as the stock connector answers it,
 * byte for byte, and the connection has to end as it does there. A line end in this table is CR LF, {@code ␊} a line feed
 * alone, {@code ␍} a carriage return alone.
 */
final class RawCases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n";
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\n\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\nHost: localhost\n\n";

    private final List<RawCase> cases = new ArrayList<>();

    private RawCases() {}

    static List<RawCase> all() {
        RawCases table = new RawCases();
        table.requestLines();
        table.targets();
        table.otherProtocols();
        table.headers();
        table.foldedAndOversizeHeaders();
        table.hosts();
        table.lengths();
        table.chunks();
        table.trailers();
        table.encodings();
        table.expectations();
        table.responses();
        table.connections();
        table.pipelines();
        table.halves();
        return List.copyOf(table.cases);
    }

    private void add(String name, String... steps) {
        cases.add(RawCase.of(name, LAST_REQUEST, steps));
    }

    private void halfClosed(String name, String text) {
        cases.add(RawCase.of(name, HALF_CLOSE, text));
    }

    private void dropped(String name, String text) {
        cases.add(RawCase.of(name, DROP, text));
    }

    private void requestLines() {
        add("a good request", GET + "\n");
        add("empty lines in front", "\n\n" + GET + "\n");
        add("bare line feed in front", "␊" + GET + "\n");
        add("bare carriage return in front", "␍" + GET + "\n");
        add("line feeds alone", "GET / HTTP/1.1␊Host: localhost␊␊");
        add("line feed ends the request line", "GET / HTTP/1.1␊Host: localhost\n\n");
        add("carriage return alone ends the request line", "GET / HTTP/1.1␍Host: localhost\n\n");
        add("two blanks after the method", "GET  / HTTP/1.1\nHost: localhost\n\n");
        add("two blanks before the version", "GET /  HTTP/1.1\nHost: localhost\n\n");
        add("tabs instead of blanks", "GET\t/\tHTTP/1.1\nHost: localhost\n\n");
        add("blank after the version", "GET / HTTP/1.1 \nHost: localhost\n\n");
        add("blank in front of the method", " GET / HTTP/1.1\nHost: localhost\n\n");
        add("no version", "GET /\n\n");
        add("no version and no target", "GET\n\n");
        add("HTTP/0.9 by name", "GET / HTTP/0.9\nHost: localhost\n\n");
        add("HTTP/1.0", "GET / HTTP/1.0\nHost: localhost\n\n");
        add("HTTP/1.0 that is kept", "GET / HTTP/1.0\nHost: localhost\nConnection: keep-alive\n\n");
        add("HTTP/1.2", "GET / HTTP/1.2\nHost: localhost\n\n");
        add("HTTP/2.0", "GET / HTTP/2.0\nHost: localhost\n\n");
        add("HTTP/1.1 in small letters", "GET / http/1.1\nHost: localhost\n\n");
        add("another protocol's name", "GET / HTPP/1.1\nHost: localhost\n\n");
        add("version with a letter behind it", "GET / HTTP/1.1x\nHost: localhost\n\n");
        add("version without a dot", "GET / HTTP/11\nHost: localhost\n\n");
        add("version of two digits", "GET / HTTP/1.10\nHost: localhost\n\n");
        add("method in small letters", "get / HTTP/1.1\nHost: localhost\n\n");
        add("unknown method", "FROB / HTTP/1.1\nHost: localhost\n\n");
        add("method with a hyphen", "M-SEARCH / HTTP/1.1\nHost: localhost\n\n");
        add("method that is no token", "G(T / HTTP/1.1\nHost: localhost\n\n");
        add("method with a NUL", "G\0T / HTTP/1.1\nHost: localhost\n\n");
        add("method of 300 letters", "M".repeat(300) + " / HTTP/1.1\nHost: localhost\n\n");
        add("method without an end", "M".repeat(20_000));
        add("TRACE", "TRACE / HTTP/1.1\nHost: localhost\n\n");
    }

    private void targets() {
        target("escaped blank", "/a%20b");
        target("blank", "/a b");
        target("escape that is no number", "/%zz");
        target("escape that is cut off", "/a%2");
        target("escaped NUL", "/a%00b");
        target("escaped line end", "/a%0d%0aX:%201");
        target("escaped slash", "/a%2Fb");
        target("escaped percent", "/a%252Fb");
        target("escaped bytes that are no UTF-8", "/a%ff%fe");
        target("overlong UTF-8", "/%c0%ae%c0%ae/b");
        target("dot segments", "/a/../b/./c");
        target("escaped dot segments", "/a/%2e%2e/b");
        target("above the root", "/../../etc/passwd");
        target("path parameters", "/a;b=c/d;e");
        target("dots with a parameter", "/a/..;/b");
        target("empty segments", "//a//b");
        target("backslash", "/a\\b");
        target("characters that should be escaped", "/a<b>\"{c}|^`");
        target("the same in the query", "/?a=<b>\"{c}|\\^`");
        target("query alone", "?a=1");
        target("fragment", "/a#b");
        target("no slash", "index.html");
        target("UTF-8 as it is", "/\u00c3\u00a4");
        target("NUL", "/a\0b");
        target("control character", "/a\u0001b");
        target("delete", "/a\u007fb");
        target("escape sequence of a terminal", "/a\u001b[31mb");
        target("carriage return in the target", "/a␍b");
        target("line of 7,000 characters", "/" + "a".repeat(7_000));
        target("line of 9,000 characters", "/" + "a".repeat(9_000));
        target("line of 100,000 characters", "/" + "a".repeat(100_000));
        target("absolute form", "http://localhost/abs?q");
        target("absolute form without a path", "http://localhost");
        target("absolute form for another host", "http://other.test/abs");
        target("absolute form with a user", "http://user:word@localhost/");
        target("absolute form in capitals", "HTTP://LOCALHOST/");
        target("absolute form of the other scheme", "https://localhost/");
        target("absolute form of an unknown scheme", "ftp://localhost/");
        target("absolute form without a host", "http:///a");
        target("absolute form with a port", "http://localhost:8080/a");
        target("absolute form with too large a port", "http://localhost:99999/a");
        target("absolute form with no port", "http://localhost:/a");
        target("absolute form with IPv6", "http://[::1]:80/a");
        target("absolute form with half of IPv6", "http://[::1/a");
        target("authority form for GET", "localhost:80");
        target("asterisk for GET", "*");
        add("asterisk for OPTIONS", "OPTIONS * HTTP/1.1\nHost: localhost\n\n");
        add("absolute form without Host", "GET http://localhost/ HTTP/1.1\n\n");
        add("CONNECT", "CONNECT localhost:80 HTTP/1.1\nHost: localhost\n\n");
        add("CONNECT without a port", "CONNECT localhost HTTP/1.1\nHost: localhost\n\n");
        add("CONNECT to a path", "CONNECT /a HTTP/1.1\nHost: localhost\n\n");
        add("CONNECT to another host than Host", "CONNECT other.test:443 HTTP/1.1\nHost: localhost\n\n");
    }

    private void target(String name, String target) {
        add("target: " + name, "GET " + target + " HTTP/1.1\nHost: localhost\n\n");
    }

    private void otherProtocols() {
        add("preface of HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n");
        add("client hello of TLS", "\u0016\u0003\u0001\u0000\u0010\u0001\u0000\u0000\f\u0003\u0003");
        add("PROXY protocol", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n" + GET + "\n");
        add("SSH", "SSH-2.0-OpenSSH_9.2\n\n");
        add("SMTP", "EHLO localhost\n\n");
        add("bytes from 128 to 255", "\u0080\u0090\u00a0\u00ff\u00fe\n\n");
    }

    private void headers() {
        header("no blank behind the colon", "X:1");
        header("blanks around the value", "X: \t 1 \t ");
        header("blank before the colon", "X : 1");
        header("tab before the colon", "X\t: 1");
        header("no name", ": 1");
        header("name that is no token", "X(Y: 1");
        header("blank in the name", "X Y: 1");
        header("NUL in the name", "X\0Y: 1");
        header("name beyond ASCII", "X\u00e4: 1");
        header("no colon", "X");
        header("no value", "X:");
        header("value beyond ASCII", "X: \u00e4\u00f6");
        header("NUL in the value", "X: 1\0002");
        header("carriage return in the value", "X: 1␍2");
        header("two carriage returns at the end", "X: 1␍");
        header("control character in the value", "X: 1\u00012");
        header("escape sequence in the value", "X: \u001b[31m");
        header("delete in the value", "X: 1\u007f2");
        header("underscore", "X_Y: 1");
        header("the same twice", "X: 1\nX: 2");
        header("quotation that does not end", "X: \"1");
        header("cookies that are none", "Cookie: =;;a=\"b;\u0001");
        add("line feed ends one header", GET + "X: 1␊Y: 2\n\n");
        add("line feed ends the headers", GET + "X: 1\n␊");
    }

    private void header(String name, String line) {
        add("header: " + name, GET + line + "\n\n");
    }

    private void foldedAndOversizeHeaders() {
        header("folded with a blank", "X: 1\n 2");
        header("folded with a tab", "X: 1\n\t2");
        header("folded three times", "X: 1\n 2\n 3\n 4");
        header("folded length", "Content-Length:\n 0");
        add("header: the first one is folded", "GET / HTTP/1.1\n X: 1\nHost: localhost\n\n");
        add("header: folded host", "GET / HTTP/1.1\nHost:\n localhost\n\n");
        header("line of blanks", "   ");
        header("value of 7,000 characters", "X: " + "a".repeat(7_000));
        header("value of 9,000 characters", "X: " + "a".repeat(9_000));
        header("value of 100,000 characters", "X: " + "a".repeat(100_000));
        header("name of 9,000 characters", "X".repeat(9_000) + ": 1");
        header("200 of them", many(200));
        header("1,000 of them", many(1_000));
        add("headers without an end", GET + "X: " + "a".repeat(50_000));
    }

    private static String many(int headers) {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i < headers; i++) {
            lines.append("X").append(i).append(": ").append(i).append('\n');
        }
        return lines + "X: 0";
    }

    private void hosts() {
        add("host: none", "GET / HTTP/1.1\n\n");
        add("host: none, and none needed", "GET / HTTP/1.0\n\n");
        add("host: twice the same", GET + "Host: localhost\n\n");
        add("host: two", GET + "Host: other.test\n\n");
        host("empty", "");
        host("with a port", "localhost:8080");
        host("port with letters", "localhost:abc");
        host("no port behind the colon", "localhost:");
        host("port 0", "localhost:0");
        host("port 99999", "localhost:99999");
        host("negative port", "localhost:-1");
        host("IPv4", "127.0.0.1");
        host("IPv6", "[::1]:80");
        host("half of IPv6", "[::1");
        host("IPv6 without brackets", "::1");
        host("with a user", "user@localhost");
        host("with a path", "localhost/a");
        host("with a blank", "local host");
        host("list", "localhost, other.test");
        host("control character", "local\u0001host");
        host("beyond ASCII", "l\u00f6calhost");
        host("capitals", "LOCALHOST");
        host("underscore", "local_host");
        host("escaped", "local%68ost");
        host("scheme", "http://localhost");
    }

    private void host(String name, String value) {
        add("host: " + name, "GET / HTTP/1.1\nHost: " + value + "\n\n");
    }

    private void lengths() {
        length("five", "5");
        length("none", "0");
        length("leading zeros", "0005");
        length("plus", "+5");
        length("negative", "-5");
        length("hexadecimal", "0x5");
        length("no number", "five");
        length("empty", "");
        length("blank inside", "0 5");
        length("fraction", "5.0");
        length("list of the same", "5, 5");
        length("list of two", "5, 6");
        length("comma at the end", "5,");
        length("2^63", "9223372036854775808");
        length("twenty digits", "99999999999999999999");
        length("in quotation marks", "\"5\"");
        add("length: missing", POST + "\n");
        add("length: twice the same", POST + "Content-Length: 5\nContent-Length: 5\n\nhello");
        add("length: two", POST + "Content-Length: 5\nContent-Length: 6\n\nhello");
        add("length: two that differ by a zero", POST + "Content-Length: 5\nContent-Length: 05\n\nhello");
        add("length: blank before the colon", POST + "Content-Length : 5\n\nhello");
        add("length: for GET", GET + "Content-Length: 5\n\nhello");
        add("length: for HEAD", "HEAD / HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello");
        add("length: in HTTP/1.0", "POST / HTTP/1.0\nContent-Length: 5\n\nhello");
        add("length: empty line behind the content", POST + "Content-Length: 5\n\nhello\n");
        add("length: content that is not read", "POST /unread HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello");
        add(
                "length: much content that is not read",
                "POST /unread HTTP/1.1\nHost: localhost\nContent-Length: 60000\n\n" + "a".repeat(60_000));
        add("length: 60,000", POST + "Content-Length: 60000\n\n" + "a".repeat(60_000));
    }

    private void length(String name, String value) {
        add("length: " + name, POST + "Content-Length: " + value + "\n\nhello");
    }

    private void chunks() {
        chunks("one", "5\nhello\n0\n\n");
        chunks("three", "1\nh\n3\nell\n1\no\n0\n\n");
        chunks("none", "0\n\n");
        chunks("capital digits", "A\n0123456789\n0\n\n");
        chunks("leading zeros", "00005\nhello\n0\n\n");
        chunks("many zeros at the end", "5\nhello\n00000000\n\n");
        chunks("seventeen zeros", "0".repeat(17) + "5\nhello\n0\n\n");
        chunks("extension", "5;a\nhello\n0\n\n");
        chunks("extension with a value", "5;a=1;b=\"2;3\"\nhello\n0;c\n\n");
        chunks("extension in bad quotation", "5;a=\"1\nhello\n0\n\n");
        chunks("extension with a line feed", "5;a␊hello\n0\n\n");
        chunks("extension with a carriage return", "5;a␍b\nhello\n0\n\n");
        chunks("extension of 10,000 characters", "5;" + "a".repeat(10_000) + "\nhello\n0\n\n");
        chunks("blank behind the size", "5 \nhello\n0\n\n");
        chunks("blank in front of the size", " 5\nhello\n0\n\n");
        chunks("size like in Java", "0x5\nhello\n0\n\n");
        chunks("negative size", "-5\nhello\n0\n\n");
        chunks("size with a plus", "+5\nhello\n0\n\n");
        chunks("size that is no number", "g\nhello\n0\n\n");
        chunks("no size", "\nhello\n0\n\n");
        halfClosed("chunks: size of 2^31", CHUNKED + "80000000\nhello\n0\n\n");
        chunks("size of 2^64 and five", "10000000000000005\nhello\n0\n\n");
        chunks("more than its size", "4\nhello\n0\n\n");
        chunks("less than its size", "6\nhello\n0\n\n");
        chunks("no line end behind it", "5\nhello0\n\n");
        chunks("line feeds alone", "5␊hello␊0␊␊");
        chunks("carriage returns alone", "5␍hello␍0␍␍");
        chunks("not read", "5\nhello\n0\n\n", "POST /unread HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n");
        chunks("one for each byte", "1\na\n".repeat(2_000) + "0\n\n");
    }

    private void chunks(String name, String body) {
        chunks(name, body, CHUNKED);
    }

    private void chunks(String name, String body, String head) {
        add("chunks: " + name, head + body);
    }

    private void trailers() {
        trailers("one", "X: 1\n");
        trailers("two", "X: 1\nY: 2\n");
        trailers("folded", "X: 1\n 2\n");
        trailers("no colon", "X\n");
        trailers("no name", ": 1\n");
        trailers("length", "Content-Length: 5\n");
        trailers("encoding", "Transfer-Encoding: chunked\n");
        trailers("host", "Host: other.test\n");
        trailers("line feeds alone", "X: 1␊");
        trailers("control character", "X: \u0001\n");
        trailers("9,000 characters", "X: " + "a".repeat(9_000) + "\n");
        trailers("1,000 of them", many(1_000) + "\n");
    }

    private void trailers(String name, String lines) {
        add("trailers: " + name, CHUNKED + "5\nhello\n0\n" + lines + "\n");
    }

    private void encodings() {
        encoding("capitals", "Transfer-Encoding: CHUNKED");
        encoding("with a length", "Transfer-Encoding: chunked\nContent-Length: 5");
        encoding("with a length before it", "Content-Length: 5\nTransfer-Encoding: chunked");
        encoding("identity", "Transfer-Encoding: identity");
        encoding("identity with a length", "Transfer-Encoding: identity\nContent-Length: 5");
        encoding("unknown", "Transfer-Encoding: xchunked");
        encoding("unknown and chunked", "Transfer-Encoding: gzip, chunked");
        encoding("chunked and unknown", "Transfer-Encoding: chunked, gzip");
        encoding("chunked and identity", "Transfer-Encoding: chunked, identity");
        encoding("chunked twice in one", "Transfer-Encoding: chunked, chunked");
        encoding("chunked twice", "Transfer-Encoding: chunked\nTransfer-Encoding: chunked");
        encoding("chunked, then identity", "Transfer-Encoding: chunked\nTransfer-Encoding: identity");
        encoding("empty", "Transfer-Encoding:");
        encoding("empty elements", "Transfer-Encoding: , chunked,");
        encoding("with a parameter", "Transfer-Encoding: chunked;a=1");
        encoding("blank before the colon", "Transfer-Encoding : chunked");
        encoding("vertical tab", "Transfer-Encoding: \u000bchunked");
        encoding("in quotation marks", "Transfer-Encoding: \"chunked\"");
        encoding("folded", "Transfer-Encoding:\n chunked");
        encoding("underscore", "Transfer_Encoding: chunked");
        add("encoding: in HTTP/1.0", "POST / HTTP/1.0\nHost: localhost\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n");
    }

    private void encoding(String name, String line) {
        add("encoding: " + name, POST + line + "\n\n5\nhello\n0\n\n");
    }

    private void expectations() {
        add("expects to go on", POST + "Expect: 100-continue\nContent-Length: 5\n\n", "hello");
        add(
                "expects to go on with chunks",
                POST + "Expect: 100-continue\nTransfer-Encoding: chunked\n\n",
                "5\nhello\n0\n\n");
        add("expects in capitals", POST + "Expect: 100-CONTINUE\nContent-Length: 5\n\n", "hello");
        add("expects and does not wait", POST + "Expect: 100-continue\nContent-Length: 5\n\nhello");
        add("expects without content", POST + "Expect: 100-continue\n\n");
        add("expects with no length", POST + "Expect: 100-continue\nContent-Length: 0\n\n");
        add("expects in HTTP/1.0", "POST / HTTP/1.0\nExpect: 100-continue\nContent-Length: 5\n\nhello");
        add("expects something else", POST + "Expect: tea\nContent-Length: 5\n\nhello");
        add("expects several things", POST + "Expect: 100-continue, tea\nContent-Length: 5\n\nhello");
        halfClosed(
                "expects of one who does not read",
                "POST /unread HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 5\n\n");
    }

    private void responses() {
        add("HEAD", "HEAD / HTTP/1.1\nHost: localhost\n\n");
        add("HEAD in HTTP/1.0", "HEAD / HTTP/1.0\n\n");
        add("HEAD of unknown length", "HEAD /stream HTTP/1.1\nHost: localhost\n\n");
        add("GET of unknown length", "GET /stream HTTP/1.1\nHost: localhost\n\n");
        add("GET of unknown length in HTTP/1.0", "GET /stream HTTP/1.0\n\n");
        add("GET of unknown length in HTTP/1.0, kept", "GET /stream HTTP/1.0\nConnection: keep-alive\n\n");
        add("status without content", "GET /empty HTTP/1.1\nHost: localhost\n\n");
        add("status of what has not changed", "GET /unchanged HTTP/1.1\nHost: localhost\n\n");
        add("handler that fails", "GET /fails HTTP/1.1\nHost: localhost\n\n");
        add("handler that fails with content", "POST /fails HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello");
        add("handler that fails too late", "GET /fails-late HTTP/1.1\nHost: localhost\n\n");
        add("handler that closes", "GET /closes HTTP/1.1\nHost: localhost\n\n");
    }

    private void connections() {
        connection("close", "close");
        connection("close in capitals", "CLOSE");
        connection("keep-alive", "keep-alive");
        connection("both", "keep-alive, close");
        connection("nothing", "");
        connection("another header", "X");
        connection("an upgrade that nobody offers", "Upgrade\nUpgrade: websocket");
        connection("an upgrade to HTTP/2", "Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__");
        add("connection: two headers", GET + "Connection: keep-alive\nConnection: close\n\n");
    }

    private void connection(String name, String value) {
        add("connection: " + name, GET + "Connection: " + value + "\n\n");
    }

    private void pipelines() {
        String good = "GET /1 HTTP/1.1\nHost: localhost\n\n";
        add("pipeline: three", good + good + good);
        add("pipeline: fifty", good.repeat(50));
        add("pipeline: an error in the middle", good + "GET / HTTP/1.1\nHost\n\n" + SMUGGLED);
        add("pipeline: no host in the middle", good + "GET / HTTP/1.1\n\n" + SMUGGLED);
        add("pipeline: too large in the middle", good + GET + "X: " + "a".repeat(9_000) + "\n\n" + SMUGGLED);
        add("pipeline: a failure in the middle", good + "GET /fails HTTP/1.1\nHost: localhost\n\n" + good);
        add("pipeline: the end in the middle", good + GET + "Connection: close\n\n" + SMUGGLED);
        add("pipeline: HTTP/1.0 in the middle", good + "GET / HTTP/1.0\n\n" + SMUGGLED);
        add("pipeline: content in the middle", good + POST + "Content-Length: 5\n\nhello" + good);
        add("pipeline: chunks in the middle", good + CHUNKED + "5\nhello\n0\n\n" + good);
        add(
                "pipeline: chunks that are not read",
                "POST /unread HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n" + "5\nhello\n0\nX: 1\n\n"
                        + good);
        add(
                "pipeline: bad chunks that are not read",
                "POST /unread HTTP/1.1\nHost: localhost\n" + "Transfer-Encoding: chunked\n\nhello\n0\n\n" + SMUGGLED);
        add("pipeline: a request as content", POST + "Content-Length: " + 43 + "\n\n" + SMUGGLED);
        add(
                "pipeline: a request behind a length and chunks",
                POST + "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n" + SMUGGLED);
        add(
                "pipeline: a request behind chunks that are hidden",
                POST + "Content-Length: 5\nTransfer-Encoding: xchunked\n\n0\n\n" + SMUGGLED);
        add(
                "pipeline: a request behind a folded encoding",
                POST + "X: 1\n Transfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n" + SMUGGLED);
        add("pipeline: a request in an extension", CHUNKED + "5;a=\"\nhello\n0\n\n" + SMUGGLED);
        add("pipeline: a request behind GET with content", GET + "Content-Length: 5\n\nhello" + good);
        add("pipeline: HEAD and GET", "HEAD / HTTP/1.1\nHost: localhost\n\n" + good);
        add("pipeline: empty lines between", good + "\n\n\n" + good);
        add("pipeline: content too long by a byte", POST + "Content-Length: 4\n\nhello" + good);
    }

    private void halves() {
        halfClosed("half-close: a request", GET + "\n");
        halfClosed("half-close: two requests", GET + "\n" + GET + "\n");
        halfClosed("half-close: nothing", "");
        halfClosed("half-close: empty lines", "\n\n");
        halfClosed("half-close: method", "GE");
        halfClosed("half-close: request line", "GET / HTTP/1");
        halfClosed("half-close: headers", GET + "X: 1");
        halfClosed("half-close: carriage return", GET + "X: 1␍");
        halfClosed("half-close: headers of a second request", GET + "\n" + GET);
        halfClosed("half-close: content", POST + "Content-Length: 5\n\nhel");
        halfClosed(
                "half-close: content that is not read",
                "POST /unread HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhel");
        halfClosed("half-close: before the content", POST + "Content-Length: 5\n\n");
        halfClosed("half-close: size of a chunk", CHUNKED + "5");
        halfClosed("half-close: chunk", CHUNKED + "5\nhel");
        halfClosed("half-close: between chunks", CHUNKED + "5\nhello\n");
        halfClosed("half-close: last chunk", CHUNKED + "5\nhello\n0\n");
        halfClosed("half-close: trailers", CHUNKED + "5\nhello\n0\nX: 1");
        halfClosed("half-close: error", "GET / HTTP/1.1\n\n");
        halfClosed("half-close: unknown length", "GET /stream HTTP/1.1\nHost: localhost\n\n");
        dropped("drop: nothing", "");
        dropped("drop: request line", "GET / HT");
        dropped("drop: headers", GET + "X: 1");
        dropped("drop: content", POST + "Content-Length: 5\n\nhel");
        dropped("drop: chunk", CHUNKED + "5\nhel");
        dropped("drop: request", GET + "\n");
        dropped("drop: twenty requests", (GET + "\n").repeat(20));
        dropped("drop: unknown length", "GET /stream HTTP/1.1\nHost: localhost\n\n");
    }
}
