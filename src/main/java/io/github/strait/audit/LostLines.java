package io.github.strait.audit;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the lines that a log says it lacks. */
final class LostLines {
    /** Messages with a number of lines. */
    private static final Pattern COUNTED = Pattern.compile("(?:audit\\w*: (\\d{1,10}) callbacks suppressed"
            + "|printk: (\\d{1,10}) messages suppressed"
            + "|(\\d{1,10}) printk messages dropped"
            + "|Suppressed (\\d{1,10}) messages from "
            + "|Missed (\\d{1,10}) kernel messages"
            + "|: (\\d{1,10}) messages lost due to rate-limiting)");

    /** The kernel's count since its start, of which a suppressed line is one. */
    private static final Pattern SUM = Pattern.compile("audit: audit_lost=(\\d{1,10}) ");

    private static final Pattern UNCOUNTED =
            Pattern.compile("audit: (?:(?:rate|backlog|printk) limit exceeded|audit_backlog=\\d)");

    private final List<Place> places = new ArrayList<>();
    private long counted;
    private long uncounted;
    private long sum;
    private long last = -1;

    /** Takes a line with a word of such a message. */
    void add(String line, SourcePosition at) {
        Matcher message = COUNTED.matcher(line);
        if (message.find()) {
            for (int group = 1; group <= message.groupCount(); group++) {
                counted += message.group(group) == null ? 0 : Long.parseLong(message.group(group));
            }
            add(at, message.group());
            return;
        }
        Matcher total = SUM.matcher(line);
        if (total.find()) {
            long now = Long.parseLong(total.group(1));
            sum += last >= 0 && now > last ? now - last : 1;
            last = now;
            add(at, "audit_lost");
        } else if (UNCOUNTED.matcher(line).find()) {
            uncounted++;
            add(at, "limit exceeded");
        }
    }

    private void add(SourcePosition at, String what) {
        if (places.size() < Sign.PLACES) {
            places.add(new Place(at, what));
        }
    }

    /** How many lines are missing at least, and where the log says so first; empty when it says nothing of the kind. */
    Optional<Sign> sign() {
        long most = Math.max(Math.max(counted, sum), uncounted);
        return most == 0
                ? Optional.empty()
                : Optional.of(Sign.of(most, places.subList(0, (int) Math.min(places.size(), most))));
    }
}
