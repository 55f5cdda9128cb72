package org.minventory.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Right;
import org.minventory.party.Tokens;
import org.minventory.party.Tokens.Token;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens; who may not mint sees, and revokes, the one in use. */
@Controller
public final class TokenApi {
    private static final String PATH = "/api/v1/tokens";

    private final Tx tx;
    private final Tokens tokens;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public TokenApi(Tx tx, Tokens tokens, Customers customers, Replays replays, Etags etags) {
        this.tx = tx;
        this.tokens = tokens;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed({Right.MINT_TOKENS, Right.READ})
    Answer list(Asked asked, Paging paging, Thinning fields) {
        Answer answer = tx.read(asked.scope(), db -> {
            List<Token> found = tokens.list(db, asked.caller(), paging.id(0), paging.fetch());
            Map<UUID, Customer> seen = seen(db, customers, found);
            return paging.page(found, token -> List.of(token.id().toString()))
                    .json(fields, token -> token(token, seen));
        });
        return etags.byContent(asked, answer);
    }

    @GetMapping(PATH + "/{token}")
    @Allowed({Right.MINT_TOKENS, Right.READ})
    Answer get(Asked asked, Thinning fields, @PathVariable String token) {
        Answer answer = tx.read(asked.scope(), db -> {
            Token found = tokens.get(db, asked.caller(), id(token));
            return Answer.json(fields.thin(token(found, seen(db, customers, List.of(found)))));
        });
        return etags.byContent(asked, answer);
    }

    @PostMapping(PATH)
    @Allowed(Right.MINT_TOKENS)
    Answer mint(Asked asked, Body body) {
        Members members = body.object();
        String witness = members.textOrNull("witness");
        String label = members.text("label");
        List<String> scopes = members.textsOrNull("scopes");
        List<String> told = members.textsOrNull("customers");
        List<String> infrastructures = members.textsOrNull("infrastructures");
        List<String> elements = members.textsOrNull("elements");
        Instant expiresAt = members.instantOrNull("expiresAt");
        members.done();
        UUID actor = witness == null ? asked.caller().actor() : id(witness);
        return replays.once(asked, body, asked.scope(), db -> {
            Tokens.Wanted wanted = new Tokens.Wanted(
                    actor,
                    label,
                    scopes == null ? List.of() : scopes,
                    told == null ? null : reached(db, told),
                    infrastructures,
                    elements,
                    expiresAt);
            Tokens.Minted minted = tokens.mint(db, asked.caller(), wanted);
            return Answer.created(PATH + "/" + minted.token().id(), minted(db, customers, minted));
        });
    }

    @DeleteMapping(PATH + "/{token}")
    @Allowed({Right.MINT_TOKENS, Right.READ})
    Answer revoke(Asked asked, @PathVariable String token) {
        return tx.write(asked.scope(), db -> {
            tokens.revoke(db, asked.caller(), id(token));
            return Answer.noContent();
        });
    }

    private List<UUID> reached(JdbcClient db, List<String> told) {
        List<UUID> reached = new ArrayList<>();
        for (String customer : told) reached.add(customers.find(db, customer).id());
        return reached;
    }

    private static UUID id(String told) {
        UUID id = Ids.parse(told);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return id;
    }

    private static Map<UUID, Customer> seen(JdbcClient db, Customers customers, List<Token> tokens) {
        Set<UUID> named = new HashSet<>();
        tokens.stream()
                .map(Token::customers)
                .filter(Objects::nonNull)
                .forEach((Collection<UUID> ids) -> named.addAll(ids));
        return customers.named(db, named);
    }

    /** A token just made, with its secret, for the only time. */
    static ObjectNode minted(JdbcClient db, Customers customers, Tokens.Minted minted) {
        return token(minted.token(), seen(db, customers, List.of(minted.token())))
                .put("secret", minted.secret().text());
    }

    private static ObjectNode token(Token token, Map<UUID, Customer> seen) {
        ObjectNode document = Json.object().put("id", token.id().toString());
        document.putObject("witness")
                .put("id", token.actor().toString())
                .put("name", token.actorName())
                .put("role", token.role().word());
        document.put("label", token.label()).put("hint", token.hint());
        Shapes.putTexts(document, "scopes", token.scopes());
        putCustomers(document, token.customers(), seen);
        Shapes.putTexts(document, "infrastructures", token.infrastructures());
        Shapes.putTexts(document, "elements", token.elements());
        return document.put("createdAt", token.createdAt().toString())
                .put("expiresAt", Shapes.at(token.expiresAt()))
                .put("lastUsedAt", Shapes.at(token.lastUsedAt()));
    }

    /** Customers that the reader no longer reaches are left out: a list of tokens must not remember them. */
    private static void putCustomers(ObjectNode document, @Nullable List<UUID> ids, Map<UUID, Customer> seen) {
        if (ids == null) {
            document.putNull("customers");
            return;
        }
        ArrayNode array = document.putArray("customers");
        ids.stream().filter(seen::containsKey).forEach(id -> array.add(Shapes.mention(id, seen)));
    }
}
