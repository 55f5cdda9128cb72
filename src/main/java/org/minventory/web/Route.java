package org.minventory.web;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.export.Selection;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;

/**
 * What a route declares: who may call it, how its caller comes, and which query parameters it knows.
 *
 * @param rights one of them suffices; empty where the route is public
 * @param parameters names of the query parameters; ending in {@code *}: all that begin so
 * @param repeatable those that may be given several times
 * @param patient its callers come again only after a 5xx, see {@link Patient}
 */
public record Route(
        Set<Right> rights, boolean bySession, Set<String> parameters, Set<String> repeatable, boolean patient) {
    /** Left empty it would be taken for its default, and what was meant as a rehearsal would be the real thing. */
    private static final String REHEARSAL = "dryRun";

    /**
     * Reads the declaration.
     *
     * @throws IllegalStateException with a sentence where nobody is declared
     */
    public static Route of(HandlerMethod handler) {
        Method method = handler.getMethod();
        Allowed allowed = method.getAnnotation(Allowed.class);
        boolean open = method.isAnnotationPresent(Public.class);
        if ((allowed == null || allowed.value().length == 0) != open)
            throw new IllegalStateException("The route " + handler.getShortLogMessage()
                    + " has to declare who may call it: either @Allowed(a right…) or @Public.");
        boolean taken = AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), ResponseBody.class);
        if (taken && handler.getReturnType().getParameterType() == Answer.class)
            throw new IllegalStateException("The route " + handler.getShortLogMessage()
                    + " stands in a @RestController, which would write its Answer as JSON: make it a @Controller.");
        boolean bySession = handler.getBeanType().isAnnotationPresent(BySession.class);
        Set<String> known = new TreeSet<>();
        Set<String> repeatable = new HashSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) declared(parameter, known, repeatable);
        Parameters more = method.getAnnotation(Parameters.class);
        if (more != null) known.addAll(List.of(more.value()));
        if (more != null) repeatable.addAll(List.of(more.value()));
        if (method.isAnnotationPresent(Selecting.class)) select(known, repeatable);
        return new Route(
                allowed == null ? Set.of() : Set.copyOf(Arrays.asList(allowed.value())),
                bySession,
                known,
                repeatable,
                method.isAnnotationPresent(Patient.class));
    }

    private static void select(Set<String> known, Set<String> repeatable) {
        List<String> selecting = new ArrayList<>(Selection.PARAMETERS);
        selecting.add(Selection.FACT + "*");
        known.addAll(selecting);
        repeatable.addAll(selecting);
    }

    private static void declared(MethodParameter parameter, Set<String> known, Set<String> repeatable) {
        if (parameter.getParameterType() == Paging.class) known.addAll(List.of("limit", "after"));
        if (parameter.getParameterType() == Thinning.class) known.add("fields");
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation == null) return;
        String name = annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name();
        known.add(name);
        if (Collection.class.isAssignableFrom(parameter.getParameterType())) repeatable.add(name);
    }

    /** Whether anybody may call it. */
    public boolean isPublic() {
        return rights.isEmpty();
    }

    /** Throws {@link Problem#NOT_ALLOWED} unless the caller holds one of the rights. */
    void require(Caller caller) {
        if (rights.stream().noneMatch(caller::may)) throw Refusal.of(Problem.NOT_ALLOWED);
    }

    /** Throws for a parameter that the route does not know, or that was given twice. */
    void require(Map<String, List<String>> query) {
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey();
            String known = known(name);
            if (known == null)
                throw Refusal.at(
                        Problem.UNKNOWN_PARAMETER,
                        name,
                        name,
                        parameters.isEmpty() ? "–" : String.join(", ", parameters));
            if (parameter.getValue().size() > 1 && !repeatable.contains(known))
                throw Refusal.at(Problem.UNFIT_PARAMETER, name, name, Say.of("given-twice"));
            if (name.equals(REHEARSAL) && parameter.getValue().contains(""))
                throw Refusal.at(Problem.UNFIT_PARAMETER, name, name, "true, false");
        }
    }

    private @Nullable String known(String name) {
        if (parameters.contains(name)) return name;
        for (String known : parameters)
            if (known.endsWith("*") && name.startsWith(known.substring(0, known.length() - 1))) return known;
        return null;
    }

    /** The rights in their own order, for documents. */
    List<Right> rightsInOrder() {
        List<Right> sorted = new ArrayList<>(rights);
        sorted.sort(null);
        return sorted;
    }
}
