package io.github.strait.audit;

import io.github.strait.diagnostic.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the calls of each task's name and program in a log. A hostile log may have any number of them. */
final class CallerCounts {
    private static final int KEPT = 256;
    private static final int SHOWN = 8;
    private static final int LONGEST = 60;

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private boolean more;

    private String lastComm = "";
    private String lastExe = "";
    /** How many calls of the last caller are not in the counts yet. */
    private long pending;

    void add(SeccompRecord call) {
        if (!call.comm().equals(lastComm) || !call.exe().equals(lastExe)) {
            settle();
            lastComm = call.comm();
            lastExe = call.exe();
        }
        pending++;
    }

    private void settle() {
        if (pending == 0) {
            return;
        }
        String caller = lastComm + " (" + lastExe + ")";
        if (counts.size() < KEPT || counts.containsKey(caller)) {
            counts.merge(caller, pending, Long::sum);
        } else {
            more = true;
        }
        pending = 0;
    }

    void add(CallerCounts others) {
        others.settle();
        others.counts.forEach((caller, count) -> counts.merge(caller, count, Long::sum));
        more |= others.more;
    }

    boolean isSeveral() {
        settle();
        return counts.size() > 1;
    }

    /** Those with the most calls, {@code nginx (/usr/sbin/nginx) 12 times}. */
    String words() {
        settle();
        List<Map.Entry<String, Long>> all = new ArrayList<>(counts.entrySet());
        all.sort(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        List<String> shown = new ArrayList<>();
        for (Map.Entry<String, Long> each : all.subList(0, Math.min(SHOWN, all.size()))) {
            shown.add(Printable.of(each.getKey(), LONGEST) + " " + each.getValue()
                    + (each.getValue() == 1 ? " time" : " times"));
        }
        String rest = more ? ", and more" : all.size() > SHOWN ? ", and " + (all.size() - SHOWN) + " more" : "";
        return String.join(", ", shown) + rest;
    }
}
