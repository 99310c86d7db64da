package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorFiguresTest {
    @Test
    void figuresAreThoseOfTheConnector() throws Exception {
        ConnectorFigures figures = new ConnectorFigures(() -> Optional.of(Statuses.prefork()));

        assertEquals(1, figures.getBusy());
        assertEquals(370, figures.getRequests());
        assertEquals(13_363, figures.getRequestTime());
        assertEquals(7, figures.getListenQueue());
        assertEquals(Map.of("signal 11", 2L), figures.getCrashes());
        assertEquals("_WG.", figures.getScoreboard());
        assertEquals(3, figures.getChildren().size());
        var child = figures.getChildren().get(new Object[] {2L});
        assertEquals(4_713L, child.get("pid"));
        assertEquals("draining", child.get("state"));
        assertEquals(2_500L, child.get("cpuTime"));
    }

    @Test
    void connectorThatDoesNotRunHasNone() throws Exception {
        ConnectorFigures figures = new ConnectorFigures(Optional::empty);

        assertEquals(-1, figures.getBusy());
        assertEquals(-1, figures.getListenQueue());
        assertEquals(Map.of(), figures.getRecycles());
        assertEquals(0, figures.getChildren().size());
    }
}
