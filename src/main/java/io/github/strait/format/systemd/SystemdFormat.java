package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.SystemdGroups;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A drop-in for a systemd unit: names, an action for each, and no conditions. systemd compiles it with the libseccomp of
 * the machine, for each of the machine's ABIs that is listed.
 */
public final class SystemdFormat extends ReadableFormat {
    public static final ReadableFormat SYSTEMD = new SystemdFormat(Settings.USUAL);

    /** libseccomp refuses to compile 4095 (measured with 2.5.4 and 2.6.0): then the service does not start. */
    static final int MAX_ERRNO = 4094;

    /** What systemd calls under the filter before the program runs. */
    private static final ImmutableList<String> OWN = ImmutableList.of("execve", "write");

    /** What newer ones call besides, when the service has a user of its own. */
    private static final ImmutableList<String> OWN_WITH_USER = ImmutableList.of("prctl", "capget", "capset");

    private final Settings settings;

    private SystemdFormat(Settings settings) {
        super(
                "systemd",
                Traits.of(
                                Sharing.ALL,
                                Ability.ACTIONS,
                                Ability.ERRNOS,
                                Ability.ANY_MACHINE,
                                Ability.LIBSECCOMP,
                                Ability.GROUPS,
                                Ability.READABLE,
                                Ability.NAME,
                                Ability.LIMITS)
                        .withActions(Action.KILL_PROCESS, Action.ERRNO, Action.LOG, Action.ALLOW)
                        .withOperators()
                        .withFlags());
        this.settings = settings;
    }

    @Override
    public String purpose() {
        return "a drop-in for a unit";
    }

    @Override
    public ProfileFormat with(Settings other) {
        return new SystemdFormat(other);
    }

    @Override
    public Optional<String> runtime() {
        return Optional.of("systemd");
    }

    /** The directives of a unit that limit some arguments of some calls. */
    @Override
    protected String instead(Rule rule) {
        Set<String> limits = new TreeSet<>();
        for (String name : rule.names()) {
            String directive = directive(name);
            if (!directive.isEmpty()) {
                limits.add("; a unit has " + directive + " for some values of " + name);
            }
        }
        return String.join("", limits);
    }

    private static String directive(String name) {
        return switch (name) {
            case "socket" -> "RestrictAddressFamilies=";
            case "clone", "clone3", "setns", "unshare" -> "RestrictNamespaces=";
            case "mmap", "mmap2", "mprotect", "pkey_mprotect", "shmat" -> "MemoryDenyWriteExecute=";
            case "personality" -> "LockPersonality=";
            default -> "";
        };
    }

    @Override
    public ImmutableList<Diagnostic> cautions(Profile profile) {
        Decisions decisions = Decisions.of(profile);
        ImmutableList.Builder<Diagnostic> cautions = ImmutableList.builder();
        caution("execve, and write with Type=exec or since 255", denied(OWN, decisions), "the service", cautions);
        caution(
                "prctl, capget and capset since 255, with User=",
                denied(OWN_WITH_USER, decisions),
                "a service with User= or DynamicUser=",
                cautions);
        return cautions.build();
    }

    private static List<String> denied(List<String> names, Decisions decisions) {
        List<String> denied = new ArrayList<>();
        for (String name : names) {
            if (!decisions.of(name).action().permits()) {
                denied.add(name);
            }
        }
        return denied;
    }

    private static void caution(
            String calls, List<String> denied, String service, ImmutableList.Builder<Diagnostic> cautions) {
        if (!denied.isEmpty()) {
            cautions.add(Diagnostic.warning(
                    "systemd-start",
                    null,
                    "systemd itself calls " + calls + ", under the filter, which denies " + String.join(" and ", denied)
                            + ": " + service + " may not start; allow what it needs"));
        }
    }

    @Override
    protected byte[] print(Profile profile) {
        for (Rule rule : profile.rules()) {
            if (rule.decision().errno() > MAX_ERRNO) {
                throw inexpressible("has no error above " + MAX_ERRNO + ", which the rule for '"
                        + rule.names().first() + "' needs: systemd would not start the service");
            }
        }
        if (profile.defaultDecision().errno() > MAX_ERRNO) {
            throw inexpressible("has no error above " + MAX_ERRNO + ", which the default needs: systemd would not start"
                    + " the service");
        }
        Decisions decisions = Decisions.of(profile);
        if (decisions.byDefault().action() == Action.LOG
                && decisions.named(Action.ALLOW).isEmpty()) {
            throw inexpressible("logs calls other than listed ones, and the profile lists none to allow without");
        }
        return new DropIn(settings, profile.architectures(), decisions).text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean recognises(String start) {
        return UnitText.begins(start);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        return UnitReader.read(
                DocumentText.of(file, content),
                reader.machine(),
                reader.groups().orElseGet(SystemdGroups::builtIn));
    }
}
