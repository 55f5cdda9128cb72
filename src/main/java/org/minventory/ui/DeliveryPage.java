package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.Certificate;
import org.minventory.export.DeliveryJson;
import org.minventory.export.DeliveryReader;
import org.minventory.export.Reach;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.BySession;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The certificate of acceptance of a delivery, to be read and printed; the same that the API gives out. */
@Controller
@BySession
public final class DeliveryPage {
    static final String PATH = "/ui/deliveries/";

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Pages pages;

    DeliveryPage(Tx tx, InstantSource clock, Vocabularies vocabularies, Pages pages) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param element the page of the element
     * @param pdf the same as a file
     */
    public record Shown(Frame frame, String name, String element, String json, String pdf, Certificate certificate) {}

    /** The page. */
    @Allowed(Right.FOLLOW)
    @GetMapping(PATH + "{delivery}")
    Answer delivery(Asked asked, HttpServletRequest request, @PathVariable String delivery) {
        Shown shown = tx.read(asked.scope(), db -> {
            DeliveryReader.Found found = DeliveryReader.find(db, asked.scope(), delivery);
            if (found == null) throw Refusal.of(Problem.NOT_FOUND);
            Reach reach = Reach.of(db, asked.scope().only(found.row().customer()), vocabularies);
            var json = new DeliveryJson(reach, asked.language(), clock.instant()).whole(found, null, List.of());
            Certificate certificate = Certificate.of(db, found, json, asked.language());
            String api = "/api/v1/deliveries/" + found.delivery().id();
            return new Shown(
                    frame(asked, request, certificate.title()),
                    found.row().name(),
                    ElementPage.PATH + found.row().element(),
                    api,
                    Link.to(api + "/certificate")
                            .with("format", "pdf")
                            .with("language", asked.language().getLanguage())
                            .toString(),
                    certificate);
        });
        return pages.answer(200, "delivery", shown, asked.language());
    }

    private Frame frame(Asked asked, HttpServletRequest request, String title) {
        Pages.Around around = new Pages.Around(List.of(), "", "", null);
        return pages.of(request, new Words(asked.language()), asked.caller(), title, around);
    }
}
