package org.minventory;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plan of the house, held. Rooms stand in a row and import only what stands to their left; exports see every room;
 * doors see rooms and exports, never one another; only the entrance sees all.
 */
class ArchitectureTest {

    private static final String HOUSE = "org.minventory";

    private static final List<String> ROOMS = List.of(
            "base",
            "party",
            "element",
            "testimony",
            "knowledge",
            "conformity",
            "notification",
            "intake",
            "project",
            "survey",
            "export",
            "web");

    private static final List<String> DOORS = List.of(
            "api",
            "ui",
            "integration.alertmanager",
            "integration.ansible",
            "integration.exports",
            "integration.icinga",
            "integration.lshw",
            "integration.netbox",
            "integration.prometheus",
            "integration.providers",
            "integration.survey",
            "integration.table",
            "integration.terraform",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    /** What tells the time by itself, so that a test could not. */
    private static final Set<String> CLOCK_READING =
            Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone");

    static List<String> rooms() {
        return ROOMS;
    }

    static List<String> doors() {
        return DOORS;
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyWhatStandsToItsLeft(String room) {
        List<String> unseen = new ArrayList<>(ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()));
        unseen.addAll(DOORS);
        hold(noClasses()
                .that(live(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesAndEntrance(unseen)));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aDoorNeverImportsAnotherDoor(String door) {
        List<String> unseen =
                DOORS.stream().filter(other -> !other.equals(door)).toList();
        hold(noClasses()
                .that(live(door))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesAndEntrance(unseen)));
    }

    @Test
    void everythingLivesInARoomOrADoor() {
        String[] known = Stream.concat(
                        Stream.of(HOUSE),
                        Stream.concat(ROOMS.stream(), DOORS.stream()).map(room -> HOUSE + "." + room + ".."))
                .toArray(String[]::new);
        hold(classes().should().resideInAnyPackage(known));
    }

    @Test
    void onlyTxHandsOutTheDatabase() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE, HOUSE + ".base..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javax.sql.DataSource")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .because("a connection outside Tx carries no row-level-security setting"));
        hold(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOUSE + ".base.Tx")
                .should(callMethodWhere(describe(
                        "a JdbcClient is created",
                        call -> call.getTargetOwner()
                                        .isEquivalentTo(org.springframework.jdbc.core.simple.JdbcClient.class)
                                && call.getName().equals("create"))))
                .orShould()
                .dependOnClassesThat(describe("JdbcTemplate or its kin", type -> type.getFullName()
                        .matches(".*\\.jdbc\\.core\\..*JdbcTemplate")))
                .because("only Tx hands out a JdbcClient"));
    }

    @Test
    void transactionsRightsAndPartsAreSaidInCodeNotInAnnotations() {
        for (String annotation : List.of(
                "org.springframework.transaction.annotation.Transactional",
                "jakarta.transaction.Transactional",
                "org.springframework.security.access.prepost.PreAuthorize")) {
            hold(noClasses().should().beAnnotatedWith(annotation));
            hold(noCodeUnits().should().beAnnotatedWith(annotation));
        }
        for (String annotation : List.of(
                "org.springframework.beans.factory.annotation.Autowired",
                "org.springframework.beans.factory.annotation.Value",
                "jakarta.inject.Inject",
                "jakarta.annotation.Resource")) {
            hold(noFields().should().beAnnotatedWith(annotation));
        }
    }

    @Test
    void onlyTheGroundFloorReadsTheClock() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".base..")
                .should(accessTargetWhere(describe("the time is read", ArchitectureTest::readsTheTime)))
                .because("a clock is given, or a test could not set it"));
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        hold(noClasses().that().resideOutsideOfPackage(HOUSE + ".cli..").should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void everyPackageSaysThatNullIsTheException() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as("%s has a package-info.java with @NullMarked", room.getName())
                        .isTrue());
    }

    private static boolean readsTheTime(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        if (owner.isEquivalentTo(Date.class)) {
            return target.getFullName().equals("java.util.Date.<init>()");
        }
        boolean given = target.getFullName().contains("(" + Clock.class.getName() + ")");
        return CLOCK_READING.contains(target.getName())
                && !given
                && (owner.getPackageName().startsWith("java.time") || owner.isEquivalentTo(System.class));
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> live(String room) {
        return resideInAPackage(HOUSE + "." + room + "..");
    }

    private static String[] packagesAndEntrance(List<String> rooms) {
        return Stream.concat(Stream.of(HOUSE), rooms.stream().map(room -> HOUSE + "." + room + ".."))
                .toArray(String[]::new);
    }

    /** Rules hold for an empty room too. */
    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
