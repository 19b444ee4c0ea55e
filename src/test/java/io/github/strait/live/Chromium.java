package io.github.strait.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A browser without a window, driven by the DevTools protocol over a pipe: it opens one page at a time, and keeps what the
 * page says to the console, throws, and asks the network for.
 */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final OutputStream out;
    private final InputStream in;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private String session = "";
    private int last;
    private boolean isLoaded;

    private Chromium(Process process) {
        this.process = process;
        this.out = process.getOutputStream();
        this.in = new BufferedInputStream(process.getInputStream());
    }

    /** Starts a browser whose profile is in this folder. */
    public static Chromium start(Path folder) throws IOException {
        // the descriptors of the pipe are 3 and 4; root has no sandbox of Chromium's, and the page is our own
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars"
                                + " --no-first-run --disable-extensions --disable-background-networking"
                                + " --user-data-dir=\"$0\" --remote-debugging-pipe 3<&0 4>&1 1>/dev/null 2>&1",
                        folder.toString())
                .start();
        Chromium browser = new Chromium(process);
        String target = browser.call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .textValue();
        browser.session = browser.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .textValue();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.call(domain + ".enable", Map.of());
        }
        return browser;
    }

    /** Opens a file, as a window so wide shows it, and waits until it is loaded. */
    public void open(Path file, int width) throws IOException {
        complaints.clear();
        requests.clear();
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
        isLoaded = false;
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        while (!isLoaded) {
            event(read());
        }
    }

    /** Shows the page as on paper or on a screen, in a dark or a light scheme. */
    public void media(String media, String scheme) throws IOException {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) throws IOException {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Types text into what has the focus. */
    public void type(String text) throws IOException {
        call("Input.insertText", Map.of("text", text));
    }

    /** Presses a key, as {@code Tab} or {@code Enter}. */
    public void press(String key, int code) throws IOException {
        String text = key.equals("Enter") ? "\r" : "";
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    /** A picture of the element that a selector finds, as PNG. */
    public byte[] picture(String selector) throws IOException {
        JsonNode box = evaluate(
                "(() => { const b = document.querySelector('" + selector
                        + "').getBoundingClientRect(); return {x: b.x + scrollX, y: b.y + scrollY, width: b.width, height: b.height}})()");
        ObjectNode clip = (ObjectNode) box;
        clip.put("scale", 1);
        JsonNode shot = call("Page.captureScreenshot", Map.of("clip", clip, "captureBeyondViewport", true));
        return Base64.getDecoder().decode(shot.path("data").textValue());
    }

    /** The page as PDF. */
    public byte[] pdf() throws IOException {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", Map.of("printBackground", false))
                        .path("data")
                        .textValue());
    }

    /** What the page wrote to the console, what it threw, and what its policy refused. */
    public List<String> complaints() throws IOException {
        evaluate("0");
        return List.copyOf(complaints);
    }

    /** The addresses that the page asked for, its own first. */
    public List<String> requests() throws IOException {
        evaluate("0");
        return List.copyOf(requests);
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
        ObjectNode message = JSON.createObjectNode().put("id", ++last).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        out.write(JSON.writeValueAsBytes(message));
        out.write(0);
        out.flush();
        while (true) {
            JsonNode answer = read();
            if (answer.path("id").asInt() == last) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
            event(answer);
        }
    }

    private void event(JsonNode message) {
        String method = message.path("method").asText();
        JsonNode parameters = message.path("params");
        switch (method) {
            case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
                complaints.add(method + " " + parameters);
            case "Page.loadEventFired" -> isLoaded = true;
            case "Network.requestWillBeSent" ->
                requests.add(parameters.path("request").path("url").asText());
            default -> {}
        }
    }

    private JsonNode read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != 0; next = in.read()) {
            if (next < 0) {
                throw new IOException("chromium ended");
            }
            bytes.write(next);
        }
        return JSON.readTree(bytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        out.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
