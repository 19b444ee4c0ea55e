package io.github.strait.format.crun;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.ConfigPart;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.format.filter.FilterFormat;
import io.github.strait.format.oci.ContainerConfig;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The annotation in which crun takes a compiled filter, as {@code podman run --annotation} takes it. crun then does not
 * look at {@code linux.seccomp} (1.8.1, measured), so libseccomp's version does not matter; nor are there flags or a
 * supervisor.
 */
public final class CrunAnnotationFormat extends ProfileFormat implements PerAbiFormat, ConfigPart {
    public static final ProfileFormat CRUN_ANNOTATION = new CrunAnnotationFormat();

    private static final String KEY = "run.oci.seccomp_bpf_data";

    private CrunAnnotationFormat() {
        super(
                "crun-annotation",
                Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.COMPILED)
                        .withActions(
                                Action.KILL_PROCESS,
                                Action.KILL_THREAD,
                                Action.TRAP,
                                Action.ERRNO,
                                Action.TRACE,
                                Action.LOG,
                                Action.ALLOW)
                        .withFlags());
    }

    @Override
    public String purpose() {
        return "the compiled filter, as podman --runtime crun --annotation takes it";
    }

    @Override
    public Optional<String> runtime() {
        return Optional.of("crun");
    }

    @Override
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of(Diagnostic.warning(
                "crun-annotation",
                null,
                "crun alone reads the annotation; under any other runtime the container starts without this filter"));
    }

    @Override
    protected byte[] print(Profile profile) {
        return annotation(FilterFormat.BPF.write(profile));
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        profiles.forEach((abi, profile) -> check(profile));
        return annotation(FilterFormat.BPF.write(profiles, layout, frequencies));
    }

    @Override
    public ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return FilterFormat.BPF.costs(profiles, layout, frequencies);
    }

    @Override
    public byte[] into(String file, byte[] config, byte[] document) {
        String value = CharMatcher.whitespace()
                .trimFrom(new String(document, StandardCharsets.UTF_8))
                .substring(KEY.length() + 1);
        return ContainerConfig.with(file, config, ImmutableList.of("annotations", KEY), '"' + value + '"');
    }

    private static byte[] annotation(byte[] filter) {
        return (KEY + "=" + Base64.getEncoder().encodeToString(filter) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
