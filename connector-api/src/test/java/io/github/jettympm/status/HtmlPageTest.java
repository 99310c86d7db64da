package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTest {
    private static String render(ConnectorStatus... connectors) {
        return new HtmlPage(true).render(Statuses.server(connectors));
    }

    /** The page is XML but for its first line and the elements that are never ended. */
    private static Document parse(String page) throws Exception {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> texts(Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    @Test
    void pageHasAllFigures() throws Exception {
        Document page = parse(render(Statuses.prefork(), Statuses.event()));

        assertEquals(List.of("prefork at 0.0.0.0:8080", "event at 0.0.0.0:8443"), texts(page, "h2"));
        assertEquals(List.of("_WG.", "_W__"), texts(page, "pre"));
        List<String> figures = texts(page, "dd").stream()
                .map(it -> it.replaceAll("\\s+", " ").trim())
                .toList();
        for (String figure : List.of(
                "470 0.01 per second since the start",
                "7 of 128 connections wait",
                "5 times, while connections waited",
                "2 signal 11: 2",
                "3 maxConnectionsPerChild: 3",
                "1 d 1 h since 2026-03-04 08:05:00 UTC",
                "0.52 1.00, 12.3 over 5 and 15 min")) {
            assertTrue(figures.contains(figure), figure + " is not in " + figures);
        }
    }

    @Test
    void eachProcessAndEachBusyRowHasARow() throws Exception {
        Document page = parse(render(Statuses.prefork()));

        List<String> cells = texts(page, "td");
        assertEquals(3 * 14 + 2 * 9, cells.size());
        assertTrue(
                cells.containsAll(List.of("4712", "draining (old)", "96.0 MB", "–", "1-2", "W", "1.25", "43")),
                cells::toString);
        assertEquals(2, cells.stream().filter("GET /shop/cart"::equals).count());
    }

    @Test
    void chartsAreDrawnFromTheHistory() throws Exception {
        Document page = parse(render(Statuses.prefork()));

        assertEquals(2, page.getElementsByTagName("svg").getLength());
        assertTrue(render(Statuses.prefork()).contains("rate: now 47.5, at most 47.5"));
        assertTrue(render(Statuses.prefork()).contains("busy: now 2, at most 2"));
        assertTrue(render(Statuses.event()).contains("nothing to show yet"));
    }

    @Test
    void whatAStrangerSendsIsShownAndNothingElse() throws Exception {
        String page = render(Statuses.prefork(Statuses.HOSTILE));

        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("\u202e") || page.contains("\u0001"), page);
        assertTrue(texts(parse(page), "td").contains("GET /<script>alert(\"x\")</script>'&\\???"), page);
    }

    @Test
    void nothingComesFromElsewhereAndNothingRuns() {
        String page = render(Statuses.prefork());

        assertFalse(page.matches("(?s).*(https?:|src=|@import|url\\(|javascript:|\\son\\w+=|style=).*"), page);
    }

    @Test
    void styleIsTheOneThatThePolicyAllows() throws Exception {
        assertEquals(PageStyle.CSS, texts(parse(render()), "style").get(0));
    }

    @Test
    void withoutTablesThereIsNone() throws Exception {
        String page = new HtmlPage(false).render(Statuses.server(Statuses.prefork()));

        assertEquals(0, parse(page).getElementsByTagName("table").getLength());
        assertTrue(page.contains("GET /shop/cart"));
    }
}
