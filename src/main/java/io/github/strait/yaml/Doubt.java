package io.github.strait.yaml;

/**
 * A scalar without quotes that readers of YAML 1.1, such as Kubernetes', and of YAML 1.2 take for different values.
 *
 * @param line where it stands, from 1
 * @param spelling the scalar
 * @param old what it is in YAML 1.1
 * @param now what it is in YAML 1.2
 */
public record Doubt(int line, String spelling, String old, String now) {
    /** The doubt and its remedy. */
    public String message() {
        String shown = spelling.length() > 40 ? spelling.substring(0, 40) + "..." : spelling;
        return "'" + shown + "' is " + old + " in YAML 1.1, which Kubernetes reads, and " + now
                + " in YAML 1.2; write a decimal number, or text in quotes";
    }
}
