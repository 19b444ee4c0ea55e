package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the source: tables of the rules, and code that does not depend on them. */
final class LibseccompText {
    private static final int WIDTH = 100;
    private static final int TAB = 8;

    private static final ImmutableMap<Flag, String> ATTRIBUTES = Maps.immutableEnumMap(ImmutableMap.of(
            Flag.TSYNC, "SCMP_FLTATR_CTL_TSYNC",
            Flag.LOG, "SCMP_FLTATR_CTL_LOG",
            Flag.SPEC_ALLOW, "SCMP_FLTATR_CTL_SSB"));

    /** For what; the loader, the filter, and how far it reaches. */
    private static final String HEAD = """
            /*
             * Has libseccomp make a seccomp filter%s. Compile this file with the program, with -lseccomp, and install
             * the filter before the program does its work:
             *
             *     int %s(void);
             *
             *     if (%2$s() != 0) {
             *         perror("%s");
             *         return 1;
             *     }
             *
             * The filter cannot be removed. %s.
             */
            #include <errno.h>
            #include <seccomp.h>
            #include <stddef.h>
            #include <stdint.h>
            #include <stdio.h>

            """;

    /** A row of the table. */
    private static final String STRUCTURE = """
            /* Calls, what their arguments must all satisfy, and what then happens to the call. */
            struct rule {
            	const char *const *names;
            	const struct scmp_arg_cmp *conditions;
            	unsigned count;
            	uint32_t action;
            };

            """;

    /** The filter, the loader, the default, and code for the ABIs and the attributes. */
    private static final String CODE = """
            static int add(scmp_filter_ctx filter, const struct rule *rule, unsigned *unknown)
            {
            	const char *const *name;

            	for (name = rule->names; *name != NULL; name++) {
            		int number = seccomp_syscall_resolve_name(*name);
            		int status;

            		if (number == __NR_SCMP_ERROR) {
            			if ((*unknown)++ == 0)
            				fprintf(stderr, "%s: the default holds for what libseccomp does not know:");
            			fprintf(stderr, " %%s", *name);
            			continue;
            		}
            		status = seccomp_rule_add_array(filter, rule->action, number, rule->count, rule->conditions);
            		if (status < 0 && status != -EEXIST)
            			return status;
            	}
            	return 0;
            }

            #ifdef __cplusplus
            extern "C"
            #endif
            int %s(void);

            /* Returns 0, or -1 with errno. */
            int %2$s(void)
            {
            	scmp_filter_ctx filter = seccomp_init(%s);
            	int status = filter == NULL ? -ENOMEM : 0;
            	unsigned unknown = 0;
            	size_t i;

            %s%s	for (i = 0; status == 0 && rules[i].names != NULL; i++)
            		status = add(filter, &rules[i], &unknown);
            	if (unknown > 0)
            		fputc('\\n', stderr);
            	if (status == 0)
            		status = seccomp_load(filter);
            	if (filter != NULL)
            		seccomp_release(filter);
            	if (status == 0)
            		return 0;
            	errno = -status;
            	return -1;
            }
            """;

    /** Adds the ABIs. */
    private static final String ABIS = """
            	for (i = 0; status == 0 && i < sizeof abis / sizeof abis[0]; i++)
            		status = seccomp_arch_exist(filter, abis[i]) == 0 ? 0 : seccomp_arch_add(filter, abis[i]);
            """;

    private final CName name;
    private final Profile profile;
    private final ImmutableList<Rule> rules;
    private final List<CMachine> machines;
    private final StringBuilder text = new StringBuilder();

    LibseccompText(CName name, Profile profile, ImmutableList<Rule> rules) {
        this.name = name;
        this.profile = profile;
        this.rules = rules;
        this.machines = CMachine.of(profile.architectures());
    }

    String text() {
        begin();
        abis();
        rules();
        end();
        return text.toString();
    }

    private void begin() {
        text.append(String.format(
                Locale.ROOT,
                HEAD,
                machines.isEmpty() ? "" : " for " + CMachine.labels(machines),
                name.loader(),
                name.filter(),
                CMachine.reach(profile.flags())));
    }

    private void abis() {
        for (CMachine machine : machines) {
            text.append(machine == machines.get(0) ? "#if " : "#elif ")
                    .append(machine.condition())
                    .append("\nstatic const uint32_t abis[] = {")
                    .append(machine.abis().stream().map(Arch::scmpToken).collect(Collectors.joining(", ", " ", " ")))
                    .append("};\n");
        }
        if (!machines.isEmpty()) {
            text.append(CMachine.otherwise(name, machines)).append('\n');
        }
    }

    private void rules() {
        text.append(STRUCTURE);
        StringBuilder rows = new StringBuilder();
        int number = 0;
        for (Rule rule : rules) {
            names(number, rule.names());
            String conditions = "NULL";
            if (!rule.conditions().isEmpty()) {
                conditions = "conditions_" + number;
                conditions(conditions, rule.conditions());
            }
            rows.append(String.format(
                    Locale.ROOT,
                    "\t{ names_%d, %s, %d, %s },\n",
                    number,
                    conditions,
                    rule.conditions().size(),
                    action(rule.decision())));
            number++;
        }
        text.append("static const struct rule rules[] = {\n").append(rows).append("\t{ NULL, NULL, 0, 0 }\n};\n\n");
    }

    private void names(int number, Set<String> names) {
        text.append("static const char *const names_").append(number).append("[] = {\n");
        StringBuilder line = new StringBuilder("\t");
        for (String call : names) {
            if (line.length() + call.length() + TAB > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder("\t");
            }
            line.append('"').append(call).append("\", ");
        }
        text.append(line).append("NULL\n};\n");
    }

    private void conditions(String table, List<Condition> conditions) {
        text.append("static const struct scmp_arg_cmp ").append(table).append("[] = {\n");
        for (Condition condition : conditions) {
            text.append(String.format(
                    Locale.ROOT,
                    "\t{ %d, %s, 0x%xULL, 0x%xULL },\n",
                    condition.index(),
                    condition.operator().token(),
                    condition.value(),
                    condition.valueTwo()));
        }
        text.append("};\n");
    }

    private static String action(Decision decision) {
        return decision.action().token() + (decision.action().takesErrno() ? "(" + decision.errno() + ")" : "");
    }

    private void end() {
        text.append(String.format(
                Locale.ROOT,
                CODE,
                name.filter(),
                name.loader(),
                action(profile.defaultDecision()),
                machines.isEmpty() ? "" : ABIS,
                attributes()));
    }

    private String attributes() {
        return profile.flags().stream()
                .map(flag ->
                        "\tif (status == 0)\n\t\tstatus = seccomp_attr_set(filter, " + ATTRIBUTES.get(flag) + ", 1);\n")
                .collect(Collectors.joining());
    }
}
