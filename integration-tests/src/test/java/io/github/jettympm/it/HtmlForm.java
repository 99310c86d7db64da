package io.github.jettympm.it;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A form as a user fills it in: what the page prescribes, and what the user adds. */
record HtmlForm(String action, Map<String, String> fields) {
    private static final Pattern INPUT = Pattern.compile("<input\\s[^>]*>");

    /** A form of which the page does not matter. */
    static HtmlForm to(String action) {
        return new HtmlForm(action, Map.of());
    }

    /** Finds a form in a page by its id, with the hidden fields. */
    static HtmlForm in(String page, String id) {
        var form = Pattern.compile("<form\\s[^>]*id=\"" + id + "\".*?</form>", Pattern.DOTALL)
                .matcher(page);
        if (!form.find()) {
            throw new AssertionError("no form '" + id + "' in\n" + page);
        }
        var fields = new LinkedHashMap<String, String>();
        INPUT.matcher(form.group())
                .results()
                .map(MatchResult::group)
                .filter(input -> attribute(input, "type").equals("hidden"))
                .forEach(input -> fields.put(attribute(input, "name"), attribute(input, "value")));
        return new HtmlForm(attribute(form.group(), "action").replace("&amp;", "&"), fields);
    }

    HtmlForm with(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new HtmlForm(action, more);
    }

    String urlEncoded() {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String attribute(String element, String name) {
        var attribute =
                Pattern.compile("\\s" + name + "=(?:\"([^\"]*)\"|'([^']*)')").matcher(element);
        if (!attribute.find()) {
            return "";
        }
        return attribute.group(1) != null ? attribute.group(1) : attribute.group(2);
    }
}
