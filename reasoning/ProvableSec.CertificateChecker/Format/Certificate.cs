namespace ProvableSec.CertificateChecker.Format;

/// <summary>A clause of a certificate, and where it is from or what it is about.</summary>
/// <param name="Source">The origin of a clause, the variable of a lemma; empty for a step.</param>
/// <param name="Literals">Numbers of atoms, negative when negated, in ascending order.</param>
/// <param name="By">For a step, the numbers of the clauses that lead to it, in the order in which they are used.</param>
internal sealed record CertificateClause(string Source, IReadOnlyList<int> Literals, IReadOnlyList<int> By);

/// <summary>A certificate as written. Clauses, lemmas and steps are numbered from 1 through all three.</summary>
/// <param name="Question">The claim.</param>
/// <param name="Atoms">The atoms used, each with what it says.</param>
/// <param name="Clauses">What the claim comes down to: clauses from its documents and assumptions.</param>
/// <param name="Lemmas">Facts about the values of one part of the request.</param>
/// <param name="Steps">What follows, down to the clause that nothing satisfies.</param>
internal sealed record Certificate(
    CertifiedQuestion Question,
    IReadOnlyList<KeyValuePair<int, string>> Atoms,
    IReadOnlyList<CertificateClause> Clauses,
    IReadOnlyList<CertificateClause> Lemmas,
    IReadOnlyList<CertificateClause> Steps);
