package io.qmptape;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which, over all modules. */
class StructureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // the kits of other modules come as jars of tests when the build has packaged them
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.qmptape");

    @Test
    void modulesKnowOnlyThoseBelowThem() {
        ArchRule direction = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("proxy")
                .definedBy(packages(
                        "protocol",
                        "catalog",
                        "traffic",
                        "handover",
                        "gate",
                        "policy",
                        "transport",
                        "proxy",
                        "metrics"))
                .layer("store")
                .definedBy(packages("store", "conversation"))
                .layer("replay")
                .definedBy(packages("replay"))
                .layer("analyzer")
                .definedBy(packages("analyzer"))
                .layer("cli")
                .definedBy(packages("cli"))
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("replay", "analyzer", "cli")
                .whereLayer("replay")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("analyzer")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture();

        direction.check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.qmptape.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.lucene..   | io.qmptape.analyzer.index..",
                "io.javalin..          | io.qmptape.analyzer.web..",
                "net.openhft..         | io.qmptape.store.chronicle..",
                "picocli..             | io.qmptape.cli..",
                "com.sun.net.httpserver.. | io.qmptape.metrics..",
                "io.netty..            | io.qmptape.transport.. io.qmptape.proxy.. io.qmptape.replay.server..",
                "com.github.difflib..  | io.qmptape.analyzer.diff..",
            })
    void eachLibraryIsKnownInItsOwnPlaceAlone(String library, String homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes.split(" ", -1))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void chroniclesAnalyticsAreNotOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "io.qmptape." + name + "..").toArray(String[]::new);
    }
}
