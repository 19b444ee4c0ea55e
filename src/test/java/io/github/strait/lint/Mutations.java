package io.github.strait.lint;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Documents with faults: texts that are changed at random places. */
final class Mutations {
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\n",
            "null",
            "-1",
            "0",
            "6",
            "1e99",
            "18446744073709551616",
            "\"\"",
            "\"SCMP_ACT_ERRNO\"",
            "\"SCMP_ACT_KILL\"",
            "\"SCMP_CMP_GT\"",
            "\"SCMP_ARCH_S390X\"",
            "\"names\"",
            "\"args\"",
            "\"name\"",
            "\"execve\"",
            "\"defaultAction\"",
            "\"errnoRet\"",
            "\"includes\"",
            "true",
            "\u0000",
            "\\u0000");

    private Mutations() {}

    /** A document of {@code checks.txt}. */
    static String seed(Random random) {
        List<Cases.Case> all = Cases.all();
        return all.get(random.nextInt(all.size())).document();
    }

    /** The text with tokens put in anywhere, some of them over what stands there. */
    static String scattered(String document, Random random, int changes) {
        StringBuilder text = new StringBuilder(document);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(8));
            text.replace(at, random.nextBoolean() ? at : end, TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return text.toString();
    }

    /** The text with another value in the place of one; as it is when it has none. */
    static String exchanged(String document, Random random) {
        List<Integer> places = places(document);
        if (places.isEmpty()) {
            return document;
        }
        int at = places.get(random.nextInt(places.size()));
        int end = at;
        while (end < document.length() && ",]}\n".indexOf(document.charAt(end)) < 0) {
            end++;
        }
        String token = TOKENS.get(8 + random.nextInt(TOKENS.size() - 10));
        return document.substring(0, at) + token + document.substring(end);
    }

    /** Where values begin. */
    private static List<Integer> places(String text) {
        return IntStream.range(1, text.length())
                .filter(i -> text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '[')
                .boxed()
                .toList();
    }
}
