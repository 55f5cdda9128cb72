package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import org.minventory.base.Refusal;

/** How a refusal is shown to a person who looks at pages; programs are answered with a document. */
public interface ProblemPage {
    /** The refusal as a page, with the headers that its document would have. */
    Answer page(HttpServletRequest request, Refusal refusal);
}
