package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.minventory.element.Quoted.json;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class VocabularyTest {
    private static final Vocabulary VOCABULARY = Vocabulary.builtIn();

    static final List<Attribute> ATTRIBUTES = List.copyOf(VOCABULARY.attributes());
    static final List<ElementType> TYPES = List.copyOf(VOCABULARY.types());

    @Test
    void ships_the_sixteen_types() {
        assertThat(TYPES)
                .extracting(ElementType::name)
                .containsExactly(
                        "backup",
                        "certificate",
                        "dataset",
                        "domain",
                        "firewall",
                        "hosting",
                        "ip-address",
                        "ip-range",
                        "load-balancer",
                        "network",
                        "secure-access",
                        "server",
                        "service",
                        "software",
                        "storage",
                        "virtual-machine");
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void a_shipped_type_is_whole(ElementType type) {
        assertThat(type.attributes()).isNotEmpty().doesNotHaveDuplicates().allSatisfy(name -> assertThat(
                        VOCABULARY.attribute(name))
                .as(name)
                .isNotNull());
        assertThat(type.plural().french()).isNotBlank();
        assertThat(Vocabulary.parseType(Vocabulary.write(type))).isEqualTo(type);
    }

    @ParameterizedTest
    @FieldSource("ATTRIBUTES")
    void a_shipped_attribute_is_whole(Attribute attribute) {
        assertThat(attribute.labels().english()).isNotEqualTo(attribute.name());
        assertThat(attribute.labels().french()).isNotBlank();
        assertThat(attribute.inverse() != null).isEqualTo(attribute.family() == Family.RELATION);
        if (attribute.family() == Family.ORGANISATION) {
            assertThat(attribute.rule()).isNull();
        }
        assertThat(Vocabulary.parseAttribute(Vocabulary.write(attribute))).isEqualTo(attribute);
    }

    @Test
    void a_pattern_names_many_attributes() {
        Attribute nginx = VOCABULARY.attribute("nginx.version");
        assertThat(nginx.name()).isEqualTo("nginx.version");
        assertThat(nginx.labels().in(Locale.FRENCH)).isEqualTo("nginx, version");
        assertThat(VOCABULARY.attribute("a.b.version").labels().english()).isEqualTo("a.b, version");
        assertThat(VOCABULARY.attribute("postgresql.version").labels().english())
                .isEqualTo("PostgreSQL, version");
        assertThat(VOCABULARY.attribute(".version")).isNull();
        assertThat(VOCABULARY.attribute("x.versions")).isNull();
    }

    @Test
    void a_customer_adds_its_own() {
        var printer = json("""
                {"name": "printer",
                 "labels": {"en": {"singular": "printer", "plural": "printers"},
                            "fr": {"singular": "imprimante", "plural": "imprimantes"}},
                 "attributes": ["serial", {"name": "toner", "type": "percent", "labels": {"en": "Toner"}}],
                 "rhythms": {"survey": {"rhythm": "P1D", "grace": "PT6H"}}}""");
        Vocabulary own =
                VOCABULARY.with(Vocabulary.parseInlineAttributes(printer), List.of(Vocabulary.parseType(printer)));
        assertThat(own.type("printer").attributes()).containsExactly("serial", "toner");
        assertThat(own.display("toner", own.normalise("toner", json("'12,5 %'")).value(), Locale.FRENCH))
                .isEqualTo("12,5\u00a0%");
        assertThat(VOCABULARY.type("printer")).isNull();
        assertThat(VOCABULARY.with(List.of(), List.of())).isSameAs(VOCABULARY);
    }

    @Test
    void a_customer_may_name_and_compare_a_shipped_attribute_otherwise() {
        Attribute bandwidth = Vocabulary.parseAttribute(
                json(
                        "{'name':'bandwidth','type':'bits-per-second','rule':'equal','labels':{'en':'Uplink','fr':'Liaison'}}"));
        assertThat(VOCABULARY
                        .with(List.of(bandwidth), List.of())
                        .attribute("bandwidth")
                        .rule())
                .isEqualTo("equal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'memory','type':'text'}",
                "{'name':'nginx.version','type':'integer'}",
                "{'name':'*.version','type':'integer'}",
                "{'name':'*.nginx.version','type':'text'}",
            })
    void but_may_not_change_what_its_values_are(String told) {
        Attribute attribute = Vocabulary.parseAttribute(json(told));
        UnfitValue unfit = catchThrowableOfType(UnfitValue.class, () -> VOCABULARY.with(List.of(attribute), List.of()));
        assertThat(unfit.pointer()).isEqualTo("/type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "[]                                             | -       | record",
                "{'type':'text'}                                | /name   | definition.missing",
                "{'name':7,'type':'text'}                       | /name   | text",
                "{'name':'a b','type':'text'}                   | /name   | definition.attribute-name",
                "{'name':'a.*','type':'text'}                   | /name   | definition.attribute-name",
                "{'name':'a'}                                   | /type   | definition.missing",
                "{'name':'a','type':'sound'}                    | /type   | definition.type",
                "{'name':'a','type':'quantity'}                 | /dimension | definition.missing",
                "{'name':'a','type':'quantity','dimension':'light-years'} | /dimension | choice",
                "{'name':'a','type':'list'}                     | /of     | definition.missing",
                "{'name':'a','type':'list','of':'sound'}        | /of     | definition.type",
                "{'name':'a','type':'record','members':{'b':{'type':'sound'}}} | /members/b/type | definition.type",
                "{'name':'a','type':'record','members':{}}      | /members | definition.members",
                "{'name':'a','type':'choice','options':[]}      | /options | definition.options",
                "{'name':'a','type':'choice','options':{'x':{'de':'y'}}} | /options/x/de | definition.unknown-member",
                "{'name':'a','type':'text','colour':'red'}      | /colour | definition.unknown-member",
                "{'name':'a','type':'text','family':'pets'}     | /family | choice",
                "{'name':'a','type':'text','identifier':'face'} | /identifier | choice",
                "{'name':'a','type':'text','searchable':'yes'}  | /searchable | boolean",
                "{'name':'a','type':'text','labels':{'en':''}}  | /labels/en | definition.word",
                "{'name':'a','type':'list','of':{'type':'list','of':{'type':'list','of':{'type':'list','of':"
                        + "{'type':'list','of':{'type':'list','of':'text'}}}}}} | /of/of/of/of/of | definition.depth",
            })
    void a_wrong_attribute_says_where(String told, String pointer, String reason) {
        UnfitValue unfit = catchThrowableOfType(UnfitValue.class, () -> Vocabulary.parseAttribute(json(told)));
        assertThat(unfit.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(unfit.sentence().key()).isEqualTo(reason);
        assertThat(unfit.sentence(Locale.FRENCH)).isNotEqualTo(unfit.sentence(Locale.ENGLISH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'Server'}                                   | /name   | definition.type-name",
                "{'name':'a','attributes':'memory'}                  | /attributes | list",
                "{'name':'a','attributes':['memory',{}]}             | /attributes/1/name | definition.missing",
                "{'name':'a','rhythms':{'survey':{'rhythm':'daily'}}}| /rhythms/survey/rhythm | definition.duration",
                "{'name':'a','rhythms':{'survey':{'rhythm':'-P1D'}}} | /rhythms/survey/rhythm | definition.duration",
                "{'name':'a','rhythms':[]}                           | /rhythms | definition.rhythm",
                "{'name':'a','labels':{'en':{'plural':'x'}}}         | /labels/en/singular | definition.missing",
            })
    void a_wrong_type_says_where(String told, String pointer, String reason) {
        UnfitValue unfit = catchThrowableOfType(UnfitValue.class, () -> Vocabulary.parseType(json(told)));
        assertThat(unfit.pointer()).isEqualTo(pointer);
        assertThat(unfit.sentence().key()).isEqualTo(reason);
    }
}
