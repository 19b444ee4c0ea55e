package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.oci.Fault;
import java.util.Arrays;

/** All checks. */
final class CheckList {
    private static final ImmutableList<Check> OF_DOCUMENTS = Arrays.stream(Fault.Kind.values())
            .filter(kind -> kind != Fault.Kind.ERRNO_ZERO) // part of a check that looks at rules too
            .map(DocumentCheck::new)
            .collect(ImmutableList.toImmutableList());

    private static final ImmutableList<Check> ALL = ImmutableList.<Check>builder()
            .addAll(OF_DOCUMENTS)
            // does the container start, and what does the profile do as a whole
            .add(new DefaultAllowCheck())
            .add(new StartCheck())
            .add(new EmptyAllowlistCheck())
            .add(new MissingExecveCheck())
            .add(new MissingExitCheck())
            .add(new InstructionLimitCheck())
            .add(new KillThreadCheck())
            .add(new ErrnoZeroCheck())
            .add(new EnosysCheck())
            .add(new TraceCheck())
            .add(new SiblingCheck())
            // which machines, and what of the document they read
            .add(new CompanionCheck())
            .add(new ExtendedKeyCheck())
            // names
            .add(new UnknownSyscallCheck())
            .add(new NewSyscallCheck())
            .add(new ForeignSyscallCheck())
            // rules beside one another
            .add(new RedundantRuleCheck())
            .add(new DuplicateNameCheck())
            .add(new ShadowedRuleCheck())
            .add(new OverlapCheck())
            // conditions
            .add(new ConditionTargetCheck())
            .add(new RepeatedIndexCheck())
            .add(new MaskCheck())
            .add(new ValueTwoCheck())
            .add(new RangeCheck())
            .add(new HighBitsCheck())
            .add(new SignExtensionCheck())
            .add(new UpperHalfCheck())
            .add(new OpenModeCheck())
            .add(new MultiplexerCheck("socketcall"))
            .add(new MultiplexerCheck("ipc"))
            .add(new CloneThreeCheck())
            .add(new RingBypassCheck())
            // risk
            .add(new RiskCheck())
            .add(new WideCallCheck())
            .add(new IoUringCheck())
            .add(new PtraceCheck())
            .add(new NamespaceCheck())
            .build();

    private CheckList() {}

    static ImmutableList<Check> all() {
        return ALL;
    }

    /** Those that make sense of any JSON. */
    static ImmutableList<Check> ofDocuments() {
        return OF_DOCUMENTS;
    }
}
