package io.github.jettympm.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
    private static Document parse(String svg) throws Exception {
        var in = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }

    @Test
    void barsAreAsLongAsTheirValues() throws Exception {
        var chart = new BarChart(
                "a < b",
                "requests/s",
                List.of(new BarChart.Bar("stock", 50, 40, 60), new BarChart.Bar("event", 100, 90, 100)));

        var bars = parse(chart.svg()).getElementsByTagName("rect");

        assertEquals(2, bars.getLength());
        double first = width(bars, 0);
        assertEquals(2 * first, width(bars, 1), 0.2);
    }

    private static double width(org.w3c.dom.NodeList bars, int index) {
        return Double.parseDouble(
                bars.item(index).getAttributes().getNamedItem("width").getNodeValue());
    }

    @Test
    void linesHaveADotForEachPoint() throws Exception {
        var line = new LineChart.Line("prefork", List.of(new LineChart.Point(1, 2), new LineChart.Point(8, 16)));

        var svg = parse(new LineChart("title", "children", List.of(line)).svg());

        assertEquals(2, svg.getElementsByTagName("circle").getLength());
        assertEquals(1, svg.getElementsByTagName("polyline").getLength());
    }

    @Test
    void chartWithoutAnythingIsStillOne() throws Exception {
        assertTrue(parse(new BarChart("title", "", List.of()).svg()).hasChildNodes());
    }

    @Test
    void numbersHaveThreeFigures() {
        assertEquals("12,346", Numbers.of(12_345.6));
        assertEquals("12.3", Numbers.of(12.34));
        assertEquals("0.12", Numbers.of(0.123));
        assertEquals("7", Numbers.of(7));
    }
}
