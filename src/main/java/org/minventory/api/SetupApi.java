package org.minventory.api;

import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.party.Setup;
import org.minventory.web.Answer;
import org.minventory.web.Body;
import org.minventory.web.Members;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ObjectNode;

/** The first minute of an instance; afterwards this door is a wall like any other. */
@Controller
public final class SetupApi {
    private final Tx tx;
    private final Setup setup;

    public SetupApi(Tx tx, Setup setup) {
        this.tx = tx;
        this.setup = setup;
    }

    @PostMapping("/api/v1/setup")
    @Public
    Answer found(Body body) {
        if (!tx.read(Scope.NOTHING, setup::isOpen)) throw Refusal.of(Problem.NOT_FOUND);
        Members members = body.object();
        String setupToken = members.text("setupToken");
        Setup.Person operator = members.object("operator", SetupApi::person);
        Team team = members.object("team", SetupApi::team);
        Setup.Person ops = members.object("ops", SetupApi::person);
        members.done();
        Setup.Founded founded =
                tx.write(Scope.NOTHING, db -> setup.found(db, setupToken, operator, team.slug(), team.name(), ops));
        ObjectNode document = Json.object();
        document.set(
                "operator",
                Shapes.actor(founded.operator())
                        .put("token", founded.operatorToken().secret().text()));
        document.set("team", TeamApi.team(founded.team()));
        document.set(
                "ops",
                Shapes.actor(founded.ops())
                        .put("token", founded.opsToken().secret().text()));
        return Answer.json(201, document);
    }

    private record Team(String slug, String name) {}

    private static Team team(Members members) {
        Team team = new Team(members.text("slug"), members.text("name"));
        members.done();
        return team;
    }

    private static Setup.Person person(Members members) {
        Setup.Person person = new Setup.Person(members.text("name"), members.textOrNull("email"));
        members.done();
        return person;
    }
}
