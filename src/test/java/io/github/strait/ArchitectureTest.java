package io.github.strait;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.ReadListener;
import io.github.strait.format.ProfileFormat;

/** Holds the map of the packages: who may know whom, and where the outside world is let in. */
@AnalyzeClasses(packages = "io.github.strait", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.github.strait.";

    @ArchTest
    static final ArchRule IMPORTS_ONLY_LOWER_RANKS = ArchRuleDefinition.classes()
            .should(PackageRanks.importOnlyLowerRanks())
            .because(
                    "text becomes events, events evidence, evidence a profile: each arrow points one way, and none leads back");

    @ArchTest
    static final ArchRule TRACE_HAS_NO_OPINIONS =
            never("trace", "profile", "a parser has no opinions: it says what the line says, not what to allow");

    @ArchTest
    static final ArchRule THE_PARSER_KNOWS_NO_FAST_PATH = noClasses()
            .that()
            .resideInAPackage(BASE + "trace")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "trace.scan")
            .because("every trace must be readable without the second recogniser, which one switch turns off");

    @ArchTest
    static final ArchRule SALVAGE_STANDS_IN_FRONT_OF_THE_PARSER = ArchRuleDefinition.classes()
            .that()
            .haveNameMatching(".*\\.trace\\."
                    + "(CleanText|CommonPrefix|HeldLine|Salvage|StrippedLine|Surroundings|WrappedCall|Certainty)")
            .should()
            .onlyHaveDependentClassesThat()
            .haveSimpleNameNotEndingWith("Parser")
            .because("the parser reads a line as strace wrote it; what copying did is undone before");

    @ArchTest
    static final ArchRule FORMAT_KNOWS_NO_EVIDENCE =
            never("format", "observation", "an emitter is a pure function of Profile, so any profile can be converted");

    @ArchTest
    static final ArchRule FORMAT_DERIVES_NOTHING =
            never("format", "derive", "an emitter is a pure function of Profile; what to allow was decided before");

    @ArchTest
    static final ArchRule EVIDENCE_IS_A_VALUE = noClasses()
            .that()
            .resideInAnyPackage(packages("derive", "verify", "report"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages("follow", "evidence"))
            .because("what was observed is a value; how traces are read must not matter to those who use it");

    @ArchTest
    static final ArchRule COMMANDS_NAME_NO_FORMAT = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "format..")
            .should()
            .dependOnClassesThat(assignableTo(ProfileFormat.class).and(resideOutsideOfPackage(BASE + "format")))
            .because("whoever asks a format for its name must be changed when the next one comes; ask its traits");

    @ArchTest
    static final ArchRule BPF_KNOWS_NO_TRACE =
            never("bpf", "trace", "a filter follows from its profile alone, or it cannot be checked against it");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackages(packages("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages("cli"))
            .because("everything must be usable without a command line");

    @ArchTest
    static final ArchRule JACKSON_STAYS_AT_THE_EDGE = only("json")
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .because("JSON is one way to write a value down, not what the value is");

    @ArchTest
    static final ArchRule SNAKEYAML_STAYS_AT_THE_EDGE = only("yaml")
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..")
            .because("what reads YAML sees the tree that JSON gives, and a start without YAML loads nothing of it");

    @ArchTest
    static final ArchRule TEMPLATES_ARE_FOR_PAGES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + "report.EvidenceReportHtml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.samskivert..")
            .because("a page is one way to write a report down, and no other command loads what renders it");

    @ArchTest
    static final ArchRule PICOCLI_READS_WHAT_COMMANDS_DECLARE = noClasses()
            .that()
            .haveNameNotMatching(".*\\.cli\\.(PicocliLine|Trouble|Shell)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("a command declares its parameters once, and usual lines are read without loading picocli");

    @ArchTest
    static final ArchRule PROCESSES_START_IN_ONE_PLACE = only("record")
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .because("reading evidence must never run anything");

    @ArchTest
    static final ArchRule ONLY_MAIN_KNOWS_THE_PROCESS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + "cli.Main")
            .should(ProcessAccess.use())
            .because("the command line is a function (in, out, err, args) -> int, and tests call it as one");

    /** Values that commands pass from the library to a report, and the one thing that they hand in: who hears of progress. */
    @ArchTest
    static final ArchRule COMMANDS_USE_THE_LIBRARY = ArchRuleDefinition.classes()
            .that()
            .resideInAPackage(BASE + "cli..")
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.github.strait..")
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            BASE + "cli..",
                            BASE + "api..",
                            BASE + "report..",
                            BASE + "record..",
                            BASE + "diagnostic..",
                            BASE + "syscall.."))
                    .or(JavaClass.Predicates.type(Evidence.class))
                    .or(JavaClass.Predicates.type(ReadListener.class)))
            .because("what a command does must be usable without a command line, with the same defaults");

    @ArchTest
    static final ArchRule FAULTS_ARE_NOT_CAUGHT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + "cli.Main") // tells them
            .and()
            .doNotHaveFullyQualifiedName(BASE + "trace.BlockPipeline") // passes them to another thread
            .and()
            .doNotHaveFullyQualifiedName(BASE + "record.PrivateFolder") // the JDK's word for a shutdown
            .and()
            .doNotHaveFullyQualifiedName(BASE + "bpf.Program") // says at which instruction
            .should(CaughtFaults.exist())
            .because("a programming error must never be told as a mistake of the user: what is the user's is refused");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl)|.*\\.Abstract[A-Z][^.]*|.*\\.I[A-Z][a-z][^.]*")
            .because("such a name says how a type is used or built, not what it is");

    private static ArchRule never(String from, String to, String reason) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(from))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(to))
                .because(reason);
    }

    /** Begins a rule that forbids something everywhere but in these packages. */
    private static ClassesShould only(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages(packages)).should();
    }

    private static String[] packages(String... names) {
        String[] patterns = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            patterns[i] = BASE + PackageRanks.known(names[i]) + "..";
        }
        return patterns;
    }
}
