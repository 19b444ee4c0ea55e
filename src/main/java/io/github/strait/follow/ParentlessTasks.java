package io.github.strait.follow;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tasks whose parent no line has shown yet: the first one, and those whose fork returns later. */
final class ParentlessTasks {
    /** Tasks that have an image each; a trace with more of them was made to fill memory. */
    private static final int LIMIT = 1 << 16;

    /** Tasks whose parents are still looked for after their end. */
    private static final int UNDECIDED = 1 << 16;

    /** More possible parents are not compared. */
    private static final int PARENTS = 1 << 8;

    private final ProgramChoice choice;
    private final Handover handover;
    private final ExpectedChildren expected;
    private final Collection<Task> forking;
    private final Map<Integer, Lineage> undecided = new HashMap<>();
    private int count;
    /** The image of all further ones, when there are very many. */
    private @Nullable Image crowd;

    /**
     * @param expected the children that may be one of these
     * @param forking the tasks that may be the parent of one of these
     */
    ParentlessTasks(ProgramChoice choice, Handover handover, ExpectedChildren expected, Collection<Task> forking) {
        this.choice = choice;
        this.handover = handover;
        this.expected = expected;
        this.forking = forking;
    }

    /**
     * A task of this tid.
     *
     * @param isFirst whether it is the first one of the run
     */
    Task make(int tid, boolean isFirst) {
        if (crowd != null) {
            return new Task(tid, crowd.context(Abis.ALL), Abis.ALL, false, crowd.lineage());
        }
        Lineage lineage = lineage(tid, isFirst);
        Image image = new Image(Image.UNKNOWN_PROGRAM, Abis.ALL, isFirst, lineage);
        if (++count > LIMIT && choice.isAll()) {
            crowd = image;
            image.join();
        }
        return new Task(tid, image.context(Abis.ALL), Abis.ALL, !isFirst, lineage);
    }

    /** The image that is kept alive for further tasks; null when there is none. */
    @Nullable
    Image crowd() {
        return crowd;
    }

    /** A fork has returned the tid, so the task descends from its caller. */
    void parentFound(int tid, Lineage ofParent) {
        Lineage open = undecided.remove(tid);
        if (open != null) {
            open.decide(ofParent);
        }
    }

    /** The parent may turn out later. The first task has none. */
    private Lineage lineage(int tid, boolean isFirst) {
        if (choice.isAll()) {
            return handover.origin(ofAllParents());
        }
        if (isFirst) {
            return Lineage.DROPPED;
        }
        Lineage common = ofAllParents();
        if (common != null) {
            return common;
        }
        Lineage open = Lineage.open();
        if (undecided.size() < UNDECIDED) {
            undecided.put(tid, open);
        }
        return open;
    }

    /** The lineage that all its possible parents share; null if they differ, or if there are none or many. */
    private @Nullable Lineage ofAllParents() {
        if (expected.all().size() + forking.size() > PARENTS) {
            return null;
        }
        Set<Lineage> all = new HashSet<>();
        expected.all().forEach(child -> all.add(child.image().lineage().current()));
        forking.forEach(parent -> all.add(parent.context().image().lineage().current()));
        return all.size() == 1 ? all.iterator().next() : null;
    }
}
