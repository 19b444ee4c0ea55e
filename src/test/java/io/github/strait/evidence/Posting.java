package io.github.strait.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What happens to a trace when people post it: in a mail, an issue, a book or a commit message. */
enum Posting {
    QUOTED((lines, random) -> each(lines, line -> "> " + line)),
    QUOTED_TWICE((lines, random) -> each(lines, line -> "> > " + line)),
    QUOTED_THRICE((lines, random) -> each(lines, line -> ">>> " + line)),
    QUOTED_WITH_INITIALS((lines, random) -> each(lines, line -> "JD> " + line)),
    BARRED((lines, random) -> each(lines, line -> "| " + line)),
    ADDED((lines, random) -> each(lines, line -> "+" + line)),
    COMMENTED((lines, random) -> each(lines, line -> " * " + line)),
    HASHED((lines, random) -> each(lines, line -> "# " + line)),
    LISTED((lines, random) -> each(lines, line -> "- " + line)),
    INDENTED_BY_ONE((lines, random) -> each(lines, line -> " " + line)),
    INDENTED((lines, random) -> each(lines, line -> "    " + line)),
    INDENTED_BY_TABS((lines, random) -> each(lines, line -> "\t\t" + line)),
    FENCED((lines, random) -> between("```", lines, "```")),
    LEVELS((lines, random) -> levels(lines, random)),
    WRAPPED_AT_72((lines, random) -> wrapped(lines, 72, "", "")),
    WRAPPED_AT_80((lines, random) -> wrapped(lines, 80, "", "")),
    WRAPPED_AND_INDENTED((lines, random) -> wrapped(lines, 76, "", "        ")),
    WRAPPED_THEN_QUOTED((lines, random) -> each(wrapped(lines, 72, "", ""), line -> "> " + line)),
    QUOTED_THEN_WRAPPED((lines, random) -> wrapped(lines, 76, "> ", "")),
    CUT_AT_80((lines, random) -> broken(lines, 80)),
    WITHOUT_VALUES((lines, random) -> each(lines, Posting::withoutValue)),
    SOME_WITHOUT_RESULTS((lines, random) -> each(lines, line -> random.nextInt(3) == 0 ? withoutResult(line) : line)),
    RESULT_BELOW((lines, random) -> below(lines)),
    REMARKED((lines, random) -> each(lines, line -> remarked(line, random)));

    private static final Pattern VALUE = Pattern.compile("\\) += [^()\"]*(\\([^()\"]*\\))?$");
    private static final Pattern CALL =
            Pattern.compile("^[^\"]*\\b\\w+\\(.*\\) += (\\?|-?\\w+)( [A-Z]+ \\([^()]*\\))?$");
    private static final String[] REMARKS = {
        " // x",
        "//found",
        "  # x",
        "     # # # # the loop",
        " #### x",
        "; x",
        " \\",
        " <-- x",
        " /* x */",
        " (x 100)",
        " found here",
        "-"
    };

    private static final String PROSE = """
            From: Alice <alice@example.org>
            Date: Mon, 23 Nov 2026 10:11:12 +0100
            Subject: Re: [PATCH 3/7] fs: let open(2) take a flag

            Hi,
            on Monday Bob wrote: the call open("x") fails, see mount(8) and read(2).
            That is what the program does (in main(), before it forks):

                fd = open("/dev/x", O_RDWR);
                if (fd < 0 || ioctl(fd, 1) < 0)
                        return -1;
                mmap(NULL, 0x1000,
                     PROT_READ, MAP_PRIVATE, fd, 0);
                kexec_load(
                        0, 0, NULL, 0);

            and this is what it does when it runs, as I see:

            """;

    private final BiFunction<List<String>, Random, List<String>> change;

    Posting(BiFunction<List<String>, Random, List<String>> change) {
        this.change = change;
    }

    /** The lines as they are posted, with so many lines of prose above. */
    String of(List<String> lines, int prose) {
        StringBuilder text = new StringBuilder(PROSE.repeat(prose));
        change.apply(lines, new Random(1)).forEach(line -> text.append(line).append('\n'));
        return text.append("\nSo what is wrong?\nAlice\n").toString();
    }

    private static List<String> each(List<String> lines, UnaryOperator<String> change) {
        return lines.stream().map(change).toList();
    }

    private static List<String> between(String above, List<String> lines, String below) {
        List<String> all = new ArrayList<>(List.of(above));
        all.addAll(lines);
        all.add(below);
        return all;
    }

    /** Plain, quoted, indented and deeper blocks, one after the other. */
    private static List<String> levels(List<String> lines, Random random) {
        String[] marks = {"", "> ", "    ", "> > ", "\t", "| ", ">>> "};
        List<String> all = new ArrayList<>();
        String mark = "";
        for (String line : lines) {
            if (random.nextInt(8) == 0) {
                mark = marks[random.nextInt(marks.length)];
                all.add("");
                all.add("and then:");
                all.add("");
            }
            all.add(mark + line);
        }
        return all;
    }

    /** Wrapped at blanks, as mail programs do, of which the first line of each keeps the mark. */
    private static List<String> wrapped(List<String> lines, int width, String mark, String indentation) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            String rest = mark + line;
            while (rest.length() > width
                    && rest.lastIndexOf(' ', width)
                            > rest.length() - rest.strip().length() + 12) {
                int blank = rest.lastIndexOf(' ', width);
                all.add(rest.substring(0, blank));
                rest = indentation + rest.substring(blank + 1);
            }
            all.add(rest);
        }
        return all;
    }

    /** Broken at a column, wherever that is, as terminals do. */
    private static List<String> broken(List<String> lines, int width) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            for (int p = 0; p < line.length(); p += width) {
                all.add(line.substring(p, Math.min(line.length(), p + width)));
            }
        }
        return all;
    }

    private static String withoutValue(String line) {
        return VALUE.matcher(line).replaceAll(") =");
    }

    private static String withoutResult(String line) {
        return VALUE.matcher(line).replaceAll(")");
    }

    private static String remarked(String line, Random random) {
        return isCall(line) ? line + REMARKS[random.nextInt(REMARKS.length)] : line;
    }

    private static boolean isCall(String line) {
        return CALL.matcher(line).find();
    }

    private static List<String> below(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            int equals = isCall(line) ? line.lastIndexOf(" = ") : -1;
            if (equals < 0) {
                all.add(line);
            } else {
                all.add(line.substring(0, equals).stripTrailing());
                all.add(line.substring(equals + 1));
            }
        }
        return all;
    }
}
