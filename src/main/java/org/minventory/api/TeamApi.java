package org.minventory.api;

import java.util.List;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.party.Actors;
import org.minventory.party.Right;
import org.minventory.party.Teams;
import org.minventory.party.Tokens;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ObjectNode;

/** Ops teams and their members, kept by the operator. */
@Controller
public final class TeamApi {
    private static final String PATH = "/api/v1/ops-teams";

    private final Tx tx;
    private final Teams teams;
    private final Actors actors;
    private final Tokens tokens;
    private final Replays replays;
    private final Etags etags;

    public TeamApi(Tx tx, Teams teams, Actors actors, Tokens tokens, Replays replays, Etags etags) {
        this.tx = tx;
        this.teams = teams;
        this.actors = actors;
        this.tokens = tokens;
        this.replays = replays;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed(Right.OPERATE)
    Answer list(Asked asked, Paging paging, Thinning fields) {
        List<Teams.Team> found = tx.read(Scope.NOTHING, db -> teams.list(db, paging.key(0), paging.fetch()));
        return etags.byContent(
                asked, paging.page(found, team -> List.of(team.slug())).json(fields, TeamApi::team));
    }

    @PostMapping(PATH)
    @Allowed(Right.OPERATE)
    Answer found(Asked asked, Body body) {
        Members members = body.object();
        String slug = members.text("slug");
        String name = members.text("name");
        members.done();
        return replays.once(asked, body, Scope.NOTHING, db -> {
            Teams.Team team = teams.found(db, slug, name);
            return Answer.created(PATH + "/" + team.slug() + "/members", team(team));
        });
    }

    @GetMapping(PATH + "/{team}/members")
    @Allowed(Right.OPERATE)
    Answer members(Asked asked, Paging paging, Thinning fields, @PathVariable String team) {
        List<Actors.Actor> found = tx.read(
                Scope.NOTHING, db -> actors.members(db, teams.find(db, team).id(), paging.id(0), paging.fetch()));
        return etags.byContent(
                asked,
                paging.page(found, member -> List.of(member.id().toString())).json(fields, Shapes::actor));
    }

    @PostMapping(PATH + "/{team}/members")
    @Allowed(Right.OPERATE)
    Answer join(Asked asked, Body body, @PathVariable String team) {
        Members members = body.object();
        String name = members.text("name");
        String email = members.textOrNull("email");
        members.done();
        return replays.once(asked, body, Scope.NOTHING, db -> {
            Actors.Actor member = actors.join(db, teams.find(db, team).id(), name, email);
            Tokens.Minted minted = tokens.first(db, asked.caller(), member, null);
            return Answer.json(
                    201, Shapes.actor(member).put("token", minted.secret().text()));
        });
    }

    @DeleteMapping(PATH + "/{team}/members/{member}")
    @Allowed(Right.OPERATE)
    Answer leave(@PathVariable String team, @PathVariable String member) {
        UUID id = Ids.parse(member);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return tx.write(Scope.NOTHING, db -> {
            actors.leave(db, teams.find(db, team).id(), id);
            return Answer.noContent();
        });
    }

    static ObjectNode team(Teams.Team team) {
        return Json.object()
                .put("id", team.id().toString())
                .put("slug", team.slug())
                .put("name", team.name())
                .put("createdAt", team.createdAt().toString());
    }
}
