package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import io.github.strait.cli.Strait.Result;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a browser: it is drawn, filtered, sorted and printed, and asks for nothing. */
@RequiresTool("chromium")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReportPageIT {
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int TAB = 9;
    private static final int ENTER = 13;
    private static final String SHOWN = "[...document.querySelectorAll('#calls-t tbody tr')].filter(r => !r.hidden)"
            + ".map(r => r.cells[0].textContent)";

    @TempDir
    private static Path directory;

    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Chromium.start(directory.resolve("browser"));
    }

    @AfterAll
    static void stop() throws IOException {
        browser.close();
    }

    private static Path report(Object... args) {
        Path page = directory.resolve("page.html");
        Object[] words = new Object[args.length + 4];
        System.arraycopy(new Object[] {"report", "-q", "-o", page}, 0, words, 0, 4);
        System.arraycopy(args, 0, words, 4, args.length);
        Result result = Strait.run(words);
        assertEquals(0, result.status(), result.err());
        return page;
    }

    private static void open(Path page, int width) throws IOException {
        browser.media("screen", "light");
        browser.open(page, width);
    }

    private static void isQuiet(Path page) throws IOException {
        assertEquals(List.of(), browser.complaints());
        assertEquals(List.of(page.toUri().toString()), browser.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "git", "i386", "java", "nginx", "node", "python", "redis"})
    void everyProgramsPageIsWholeAndQuiet(String name) throws IOException {
        Path page = report("traces/" + name + ".strace.zst");
        for (int width : new int[] {WIDE, NARROW}) {
            open(page, width);
            assertTrue(
                    browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                            .asBoolean(),
                    "too wide: " + width);
            assertEquals(
                    0,
                    browser.evaluate("[...document.querySelectorAll('a[href]')]"
                                    + ".filter(a => !document.getElementById(a.hash.slice(1))).length")
                            .asInt(),
                    "links to nothing");
            assertEquals(
                    0,
                    browser.evaluate("document.querySelectorAll('table:not(:has(caption)), th:not([scope]),"
                                    + " input:not(label input), select:not(label select)').length")
                            .asInt(),
                    "without a label");
            assertTrue(
                    browser.evaluate("[...document.querySelectorAll('.risk td')].some(c => c.offsetWidth > 100)")
                            .asBoolean(),
                    "no bar is drawn");
            isQuiet(page);
        }
    }

    @Test
    void callsAreSearchedAndFiltered() throws IOException {
        Path page = report("traces/nginx.strace.zst");
        open(page, WIDE);
        int all = browser.evaluate(SHOWN + ".length").asInt();
        assertEquals(all + " of " + all + " shown", status());
        browser.evaluate("document.querySelector('input[name=q]').focus()");
        browser.type("epoll nginx");
        assertEquals(
                "[\"epoll_wait\",\"epoll_ctl\",\"epoll_create\"]",
                browser.evaluate(SHOWN).toString());
        assertEquals("3 of " + all + " shown", status());
        choose("q", "");
        choose("risk", "conditional");
        assertEquals("[\"ioctl\",\"socket\",\"clone\"]", browser.evaluate(SHOWN).toString());
        choose("risk", "");
        choose("source", "layer vdso");
        assertEquals(
                "[\"clock_getres\",\"clock_gettime\",\"getcpu\",\"gettimeofday\",\"time\"]",
                browser.evaluate(SHOWN).toString());
        isQuiet(page);
    }

    private static String status() throws IOException {
        return browser.evaluate("document.querySelector('[role=status]').textContent")
                .asText();
    }

    private static void choose(String name, String value) throws IOException {
        browser.evaluate("(() => { const e = document.querySelector('[name=" + name + "]'); e.value = '" + value
                + "'; e.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    @Test
    void callsAreSortedFromTheKeyboard() throws IOException {
        Path page = report("traces/nginx.strace.zst");
        open(page, WIDE);
        browser.evaluate("document.querySelector('#calls-t thead button').focus()");
        browser.press("Enter", ENTER);
        assertEquals(
                "[\"accept4\",\"access\",\"arch_prctl\"]",
                browser.evaluate(SHOWN + ".slice(0, 3)").toString());
        assertEquals(
                "ascending",
                browser.evaluate("document.querySelector('#calls-t th').ariaSort")
                        .asText());
        for (int i = 0; i < 3; i++) {
            browser.press("Tab", TAB);
        }
        browser.press("Enter", ENTER);
        assertEquals(
                "[\"openat\",\"close\",\"newfstatat\"]",
                browser.evaluate(SHOWN + ".slice(0, 3)").toString());
        browser.press("Enter", ENTER);
        assertEquals("\"openat\"", browser.evaluate(SHOWN + ".at(-1)").toString());
        isQuiet(page);
    }

    @Test
    void textOfTheTraceIsShownAsText() throws IOException {
        String evil = "<script>document.title = 'owned'</script><img src=x onerror=\\\"document.title='owned'\\\">";
        Path trace = Files.writeString(directory.resolve("<b>x.strace"), """
                10 [  59] execve("EVIL", ["x"], 0x7ffd /* 3 vars */) = 0
                10 [   0] read(3, "EVIL", 4096) = 5
                10 [ 231] exit_group(0) = ?
                10 +++ exited with 0 +++
                EVIL
                """.replace("EVIL", evil));
        Path page = report(trace, "--against", trace);
        open(page, WIDE);
        assertTrue(browser.evaluate("document.title").asText().startsWith("System calls of <script>document.title"));
        assertEquals(1, browser.evaluate("document.scripts.length").asInt());
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('img, b, iframe').length")
                        .asInt());
        assertTrue(browser.evaluate("document.querySelector('#unparsed').textContent.includes('<b>x.strace:5')")
                .asBoolean());
        isQuiet(page);
    }

    @Test
    void aPageIsLightOrDarkAndOnPaperWhole() throws IOException {
        Path page = report("traces/nginx.strace.zst");
        open(page, WIDE);
        int light = colour(browser.picture("header"));
        browser.media("screen", "dark");
        int dark = colour(browser.picture("header"));
        assertNotEquals(light, dark);
        browser.media("screen", "light");
        browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('details:not([open])').length")
                        .asInt());
        browser.evaluate("window.dispatchEvent(new Event('afterprint'))");
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('details[open]').length")
                        .asInt());
        browser.media("print", "dark");
        assertEquals(light, colour(browser.picture("header")));
        assertEquals(
                "none",
                browser.evaluate("getComputedStyle(document.querySelector('nav')).display")
                        .asText());
        assertEquals("%PDF", new String(browser.pdf(), 0, 4, StandardCharsets.ISO_8859_1));
        isQuiet(page);
    }

    /** The colour of the ground. */
    private static int colour(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertFalse(image == null, "no picture");
        return image.getRGB(2, 2);
    }
}
