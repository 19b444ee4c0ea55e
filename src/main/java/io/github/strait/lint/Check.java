package io.github.strait.lint;

/** Looks for one kind of fault. */
interface Check {
    /** The runtimes on which most of what checks state was measured. */
    String RUNTIMES = "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28";

    /** The stable id of its findings, in kebab case. */
    String id();

    /** How the rule is known: measured with which versions, or read where. */
    String source();

    void check(Subject subject, Findings findings);
}
