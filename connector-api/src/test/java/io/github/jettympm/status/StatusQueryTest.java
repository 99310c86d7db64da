package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.status.StatusQuery.Form;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusQueryTest {
    @Test
    void formIsTheFirstThatIsNamed() {
        assertEquals(Form.PAGE, StatusQuery.of(null).form());
        assertEquals(Form.PAGE, StatusQuery.of("").form());
        assertEquals(Form.AUTO, StatusQuery.of("auto").form());
        assertEquals(Form.AUTO, StatusQuery.of("x=1&auto=&json").form());
        assertEquals(Form.JSON, StatusQuery.of("json").form());
        assertEquals(Form.METRICS, StatusQuery.of("openmetrics").form());
        assertEquals(Form.PAGE, StatusQuery.of("automatic&a=json").form());
    }

    @Test
    void refreshHasADefaultAndALimit() {
        assertEquals(Optional.empty(), StatusQuery.of("auto").refresh());
        assertEquals(Optional.of(5), StatusQuery.of("refresh=5&auto").refresh());
        assertEquals(Optional.of(10), StatusQuery.of("refresh").refresh());
        assertEquals(Optional.of(10), StatusQuery.of("refresh=0").refresh());
        assertEquals(
                Optional.of(10), StatusQuery.of("refresh=-3;url=//example.org").refresh());
        assertEquals(Optional.of(86_400), StatusQuery.of("refresh=999999999").refresh());
    }

    @Test
    void tablesCanBeLeftOut() {
        assertEquals(true, StatusQuery.of("auto").table());
        assertEquals(false, StatusQuery.of("notable").table());
    }
}
