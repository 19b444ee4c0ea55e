package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Values that go together: a row of the resource {@code catalogue-groups.tsv}, on one ABI. Several may have one name.
 *
 * @param isBase whether it is open wherever the call is allowed
 * @param isOfInet whether it is open wherever an inet socket is allowed
 * @param openers one of these opens it
 * @param members what it opens
 * @param why who needs them
 */
public record ValueGroup(
        String name,
        boolean isBase,
        boolean isOfInet,
        ImmutableList<ValuePattern> openers,
        ValuePattern members,
        String why) {

    /** Whether a value that was seen opens it. */
    public boolean isOpenedBy(List<Long> tuple) {
        for (ValuePattern opener : openers) {
            if (opener.matches(tuple)) {
                return true;
            }
        }
        return false;
    }
}
