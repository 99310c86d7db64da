package io.github.jettympm.event;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EventArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackagesOf(EventConnector.class);

    @Test
    void connectorKnowsItsEngineTheSettingsAndJetty() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.slf4j..",
                        "org.eclipse.jetty..",
                        "io.github.jettympm",
                        "io.github.jettympm.settings",
                        "io.github.jettympm.endpoint",
                        "io.github.jettympm.timeout",
                        "io.github.jettympm.event")
                .check(CLASSES);
    }
}
