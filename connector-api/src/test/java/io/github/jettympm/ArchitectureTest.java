package io.github.jettympm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may know whom, as the design draws it: the process model below, Jetty above, and nothing sideways. */
class ArchitectureTest {
    private static final String BASE = "io.github.jettympm";
    private static final String PROTOCOL = BASE + ".protocol";
    private static final String SETTINGS = BASE + ".settings";
    private static final String LISTEN = BASE + ".listen";
    private static final String SCOREBOARD = BASE + ".scoreboard";
    private static final String SUPERVISOR = BASE + ".supervisor";
    private static final String CHILD = BASE + ".child";
    private static final String BLOCKING = BASE + ".blocking";
    private static final String ENDPOINT = BASE + ".endpoint";
    private static final String TIMEOUT = BASE + ".timeout";
    private static final String SESSIONS = BASE + ".sessions";
    private static final String STATUS = BASE + ".status";
    private static final String SYSTEMD = BASE + ".systemd";
    private static final String CONTROL = BASE + ".control";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void protocolKnowsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", PROTOCOL)
                .check(CLASSES);
    }

    @Test
    void processModelDoesNotKnowJetty() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL, SETTINGS, TIMEOUT, LISTEN, SCOREBOARD, SUPERVISOR, CHILD, SYSTEMD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void supervisorAndChildNeverSeeEachOther() {
        noClasses()
                .that()
                .resideInAPackage(SUPERVISOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CHILD)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(CHILD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SUPERVISOR)
                .check(CLASSES);
    }

    @Test
    void lowerLayersDoNotKnowUpperOnes() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL, SETTINGS, TIMEOUT, LISTEN, SCOREBOARD)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SUPERVISOR, CHILD, BLOCKING, ENDPOINT, STATUS, BASE)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(SUPERVISOR, CHILD)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BLOCKING, ENDPOINT, BASE)
                .check(CLASSES);
    }

    /** A tool reads it without Jetty, and with no other jar. */
    @Test
    void statusIsReadWithTheJdkAlone() {
        classes()
                .that()
                .haveNameMatching(
                        STATUS.replace(".", "\\.") + "\\.(StateFile|StatusReader|ConnectorReader|Status|Machine"
                                + "|ProcessTimes|StatusBoard|ConnectorStatus|ProcessStatus|RequestStatus|Sample|Served)")
                .or()
                .resideInAPackage(SCOREBOARD)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", STATUS, SCOREBOARD, PROTOCOL)
                .check(CLASSES);
    }

    @Test
    void nativeCallsAreMadeForSocketsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(LISTEN, SYSTEMD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void serviceManagerIsToldWithoutTheProcessModel() {
        classes()
                .that()
                .resideInAPackage(SYSTEMD)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.slf4j..", "com.sun.jna..", PROTOCOL, SYSTEMD)
                .check(CLASSES);
    }

    @Test
    void commandLineNeedsOneJarBesideItsOwn() {
        classes()
                .that()
                .resideInAPackage(CONTROL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.apache.commons.cli..", STATUS, SCOREBOARD, PROTOCOL, CONTROL)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(CONTROL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.commons.cli..", CONTROL)
                .check(CLASSES);
    }

    @Test
    void sessionsKnowJettyAndTheirDatabaseOnly() {
        classes()
                .that()
                .resideInAPackage(SESSIONS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.eclipse.jetty..", "org.slf4j..", "org.sqlite..", "com.zaxxer.hikari..", SESSIONS)
                .check(CLASSES);
    }

    @Test
    void databaseIsUsedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SESSIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "com.zaxxer.hikari..")
                .check(CLASSES);
    }

    @Test
    void statusIsShownByWhoKnowsNothingOfProcesses() {
        noClasses()
                .that()
                .resideInAPackage(STATUS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SUPERVISOR, CHILD, LISTEN, BLOCKING, ENDPOINT, SESSIONS, BASE)
                .check(CLASSES);
    }

    /** What writes a status is a function of it; only the handler knows that there is HTTP, and the figures that there is JMX. */
    @Test
    void statusIsWrittenWithoutJetty() {
        noClasses()
                .that()
                .resideInAPackage(STATUS)
                .and()
                .haveSimpleNameNotContaining("StatusHandler")
                .and()
                .haveSimpleNameNotContaining("AllowedClients")
                .and()
                .doNotHaveSimpleName("ConnectorFigures")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void connectorsDoNotKnowTheirModels() {
        noClasses()
                .that()
                .resideInAPackage(BASE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BLOCKING, ENDPOINT)
                .check(CLASSES);
    }

    /** A clock that somebody sets must neither end a request nor keep a child waiting; these say when something began. */
    @Test
    void timeThatIsMeasuredIsThatOfTheMonotonicClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".status..", SESSIONS)
                .and()
                .haveNameNotMatching(".*\\.(Identities|OwnScoreboard|Children|PoolReport)")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
