package io.github.jettympm.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How the page looks: light or dark as the browser wants it, and in one column on a narrow screen. */
final class PageStyle {
    /** What stands in the page, byte for byte, or the browser does not apply it. */
    static final String CSS = """
            :root { color-scheme: light dark; --back: #fff; --panel: #f4f5f7; --text: #1c2127; --muted: #59626e; --line: #d5dae0; \
            --first: #0b62a8; --second: #b8460e; }
            @media (prefers-color-scheme: dark) { :root { --back: #14171b; --panel: #1d2126; --text: #e4e7eb; --muted: #9aa4b0; \
            --line: #363d46; --first: #6cb6ff; --second: #f0914f; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--back); color: var(--text); \
            font: 15px/1.45 system-ui, sans-serif; overflow-wrap: break-word; }
            h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; }
            h2 { font-size: 1.15rem; margin: 2rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); }
            h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
            p { margin: .3rem 0; }
            a { color: var(--first); }
            .note { color: var(--muted); }
            dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .5rem; margin: .8rem 0; }
            dl div { background: var(--panel); border-radius: .4rem; padding: .45rem .7rem; min-width: 0; }
            dt { color: var(--muted); font-size: .85rem; }
            dd { margin: 0; font-variant-numeric: tabular-nums; }
            dd b { font-size: 1.15rem; font-weight: 600; }
            dd span { display: block; color: var(--muted); font-size: .85rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.5rem; }
            figure { margin: .6rem 0; min-width: 0; }
            figcaption { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-bottom: .4rem; }
            .key::before { content: ""; display: inline-block; width: 1.4rem; margin-right: .4rem; vertical-align: .25em; \
            border-top: 2px solid var(--first); }
            .key.busy::before { border-top: 3px solid var(--second); }
            .key.idle::before { border-top-style: dashed; }
            .key, .axis, .scale { color: var(--muted); font-size: .85rem; font-variant-numeric: tabular-nums; }
            .plot { display: flex; gap: .4rem; height: 8rem; }
            .scale { display: flex; flex-direction: column; justify-content: space-between; text-align: right; min-width: 2rem; \
            line-height: 1; }
            svg { flex: 1; min-width: 0; height: 100%; overflow: visible; }
            path { fill: none; vector-effect: non-scaling-stroke; }
            .grid { stroke: var(--line); stroke-width: 1; }
            .line { stroke: var(--first); stroke-width: 2; stroke-linejoin: round; }
            .line.busy { stroke: var(--second); stroke-width: 2.5; }
            .line.idle { stroke-dasharray: 5 4; }
            .axis { display: flex; justify-content: space-between; padding-left: 2.4rem; }
            pre { background: var(--panel); border-radius: .4rem; padding: .6rem .8rem; margin: .3rem 0; \
            font: 14px/1.5 ui-monospace, monospace; letter-spacing: .08em; white-space: pre-wrap; overflow-wrap: anywhere; \
            word-break: break-all; }
            code { font-family: ui-monospace, monospace; font-weight: 600; }
            table { border-collapse: collapse; width: 100%; margin: 1.2rem 0 0; }
            caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
            th { color: var(--muted); font-size: .85rem; font-weight: 500; vertical-align: bottom; }
            th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; \
            font-variant-numeric: tabular-nums; }
            th:first-child, td:first-child { padding-left: 0; }
            .number { text-align: right; }
            td.number, td.text { white-space: nowrap; }
            .long { width: 40%; }
            td.long { word-break: break-all; }
            ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: .5rem 0; \
            color: var(--muted); }
            footer { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--line); color: var(--muted); \
            font-size: .9rem; }
            @media (max-width: 44rem) {
            body { padding: .7rem; }
            thead { display: none; }
            table, tbody, caption { display: block; }
            tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: .3rem .8rem; \
            background: var(--panel); border-radius: .4rem; padding: .5rem .7rem; margin-bottom: .5rem; }
            td, td:first-child { border: 0; padding: 0; min-width: 0; }
            td.number, td.text { text-align: left; white-space: normal; }
            td.long { width: auto; grid-column: 1 / -1; }
            td::before { content: attr(data-label); display: block; color: var(--muted); font-size: .78rem; }
            }
            """;

    /** By which a content security policy allows it, and no other. */
    static final String HASH = "sha256-" + Base64.getEncoder().encodeToString(sha256(CSS));

    private PageStyle() {}

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
