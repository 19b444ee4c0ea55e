package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is decided late is decided for all who hold it. */
class LineageTest {
    @Test
    void anOpenOneIsNotKeptUntilItIsDecided() {
        Lineage open = Lineage.open();
        assertTrue(open.isOpen());
        assertFalse(open.isKept());
        open.decide(Lineage.KEPT);
        assertFalse(open.isOpen());
        assertTrue(open.isKept());
    }

    @Test
    void aDecisionStands() {
        Lineage open = Lineage.open();
        open.decide(Lineage.DROPPED);
        open.decide(Lineage.KEPT);
        assertSame(Lineage.DROPPED, open.current());
        Lineage.KEPT.decide(Lineage.DROPPED);
        assertTrue(Lineage.KEPT.isKept());
    }

    /** A child of a child of a task of which the parent is told last. */
    @Test
    void oneMayDependOnAnother() {
        Lineage parent = Lineage.open();
        Lineage child = Lineage.open();
        Lineage grandchild = Lineage.open();
        grandchild.decide(child);
        child.decide(parent);
        assertTrue(grandchild.isOpen());
        parent.decide(Lineage.KEPT);
        assertTrue(grandchild.isKept() && child.isKept());
    }

    /** Forged lines may make two tasks each other's parents. */
    @Test
    void aCircleStaysOpen() {
        Lineage one = Lineage.open();
        Lineage other = Lineage.open();
        one.decide(other);
        other.decide(one);
        assertTrue(one.isOpen() && other.isOpen());
        one.decide(Lineage.KEPT);
        assertTrue(other.isKept());
    }
}
