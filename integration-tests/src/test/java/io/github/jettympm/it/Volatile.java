package io.github.jettympm.it;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must differ between two servers that answer alike; everything else has to be the same. */
enum Volatile {
    /** Dates, expiries, and the modification times of files just unpacked; older dates are compared. */
    HTTP_DATE("\\w{3}, \\d{2}[ -]\\w{3}[ -]\\d{4} \\d{2}:\\d{2}:\\d{2} GMT") {
        @Override
        String replacement(MatchResult found) {
            return isRecent(found.group()) ? "<date>" : found.group();
        }
    },
    /** Pages that show when they were made: JSP tags of the demos, revisions of JSPWiki. */
    PAGE_DATE("\\w{3}, \\d{2}[/-]\\w{3}[/-]\\d{4} \\d{2}:\\d{2}:\\d{2} [-+]\\d{4}|\\d{2}-\\w{3}-\\d{4} \\d{2}:\\d{2}"),
    /** The same without the time: it differs when midnight comes between. */
    PAGE_DAY("\\w{3} the \\d{2} of \\w{3} in the year \\d{4}|\\d{2} - \\d{2} - \\d{2}|\\d{1,2} \\w+ \\d{4}(?=</h2>)"),
    /** {@code java.util.Date.toString()}, in the session demo. */
    DATE_TO_STRING("\\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} \\w+ \\d{4}"),
    /** Jetty's session ids are random. */
    SESSION_ID("node0\\w{20,}(?:\\.node0)?"),
    /** Shiro's session ids, and JSPWiki's ids of an upload. */
    UUID("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    /** Every server has ports of its own. */
    HOST_AND_PORT("(?<=localhost:|127\\.0\\.0\\.1:)\\d{4,5}"),
    /** The dump servlet's and the echo WAR's view of both ends of the connection. */
    PORT("(?<=(?:getLocalPort|getServerPort|getRemotePort):&nbsp;</th><td>|(?:local|remote) port: )\\d{4,5}"),
    /** Where the server keeps its files, and where in it a WAR was unpacked. */
    BASE_DIRECTORY(
            "(?<![^\\s\"'<>{:,=\\[])[^\\s\"'<>{:,=\\[]*/bases-\\d+/\\w+-\\w+(?:/tmp/[\\w./-]*jetty-[\\w.-]+(?:/webapp)?)?"),
    /** The dump servlet prints the server's own objects in the order of hashes: thread pools with counters, paths. */
    CONTEXT_ATTRIBUTES("(?s)(?<=Context Attributes:</big></th>).*?(?=<th align=\"left\" colspan=\"2\">|</table>)"),
    /** An uploaded file, until the request ends. */
    UPLOAD("(?<=upload/MultiPart)\\d+"),
    /** The session demo numbers its redirects, in each process from 0. */
    REDIRECT("(?<=/session/\\?R=)\\d+"),
    /** The filter's attribute has an identity hash in its name, and with it no fixed place among the others. */
    QOS_ATTRIBUTE("(?m)^.*QoSFilter@.*\\R") {
        @Override
        String replacement(MatchResult found) {
            return "";
        }
    },
    /** The spec demo prints a set of classes, in the order of their identity hashes. */
    CLASS_SET("(?<=<b>Result: )(?:[\\w.]+\\.[A-Z]\\w+ ){3,}"),
    /** {@code Object.toString()} of attributes. */
    IDENTITY_HASH("(?<=[\\w\\];])@[0-9a-f]{5,8}\\b"),
    /** The boundary between byte ranges is random. */
    BOUNDARY("(?<=boundary=|--)\\w{20,}"),
    /** Jolokia says when it answered, in seconds. */
    JOLOKIA_TIMESTAMP("(?<=\"timestamp\":)\\d+"),
    /** Jetty names the bean of a connector after its package and class. */
    CONNECTOR_BEAN("(?<=\")[\\w.]+:context=[^\"]*type=\\w+connector(?=\")"),
    /** JSPWiki's protection against spam: a hash over the page's modification time, under a name that changes daily. */
    WIKI_SPAM_HASH("name='\\w+' value='-?\\d+'");

    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final Duration RECENT = Duration.ofDays(2);

    private final Pattern pattern;

    Volatile(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /** Replaces everything that must differ by its name. */
    static String hide(String text) {
        for (var it : values()) {
            text = it.pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(it.replacement(found)));
        }
        return text;
    }

    String replacement(MatchResult found) {
        return "<" + name().toLowerCase(Locale.ROOT).replace('_', ' ') + ">";
    }

    private static boolean isRecent(String date) {
        try {
            var age = Duration.between(ZonedDateTime.parse(date.replace('-', ' '), RFC_1123), ZonedDateTime.now());
            return age.abs().compareTo(RECENT) < 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
