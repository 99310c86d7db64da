package io.github.jettympm.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the query string of a request for the status asks for, in httpd's words and some more.
 *
 * @param form in which the status is wanted
 * @param table whether the page may have tables
 * @param refresh after how many seconds the client is to ask again, empty for never
 */
record StatusQuery(Form form, boolean table, Optional<Integer> refresh) {
    /** What httpd takes when {@code refresh} has no number, or none that makes sense. */
    private static final int DEFAULT_REFRESH = 10;

    private static final int MOST_REFRESH = 86_400;

    /** What a status can be written as. */
    enum Form {
        /** A page for people. */
        PAGE,

        /** httpd's text for agents. */
        AUTO,

        /** JSON. */
        JSON,

        /** OpenMetrics, or for a client that does not understand that, what it has grown from. */
        METRICS
    }

    /**
     * Reads a query string; of two forms the first is taken, and what is not known is left aside.
     *
     * @param query null if there is none
     */
    static StatusQuery of(String query) {
        List<Form> forms = new ArrayList<>();
        boolean table = true;
        Optional<Integer> refresh = Optional.empty();
        for (String part : query == null ? new String[0] : query.split("&")) {
            String[] nameAndValue = part.split("=", 2);
            switch (nameAndValue[0]) {
                case "auto" -> forms.add(Form.AUTO);
                case "json" -> forms.add(Form.JSON);
                case "openmetrics" -> forms.add(Form.METRICS);
                case "notable" -> table = false;
                case "refresh" -> refresh = Optional.of(seconds(nameAndValue));
                default -> {} // httpd does not mind either
            }
        }
        return new StatusQuery(forms.isEmpty() ? Form.PAGE : forms.get(0), table, refresh);
    }

    private static int seconds(String[] nameAndValue) {
        boolean isNumber = nameAndValue.length > 1 && nameAndValue[1].matches("[0-9]{1,9}");
        int seconds = isNumber ? Integer.parseInt(nameAndValue[1]) : 0;
        return seconds < 1 ? DEFAULT_REFRESH : Math.min(seconds, MOST_REFRESH);
    }
}
