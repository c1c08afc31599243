using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Format;
using ProvableSec.CertificateChecker.Proofs;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Text;

namespace ProvableSec.CertificateChecker;

/// <summary>
/// Checks certificates: derives the clauses of the claim from the policies in it by a road of its own, looks up every clause of the certificate
/// among them, confirms every lemma and follows every step. Knows nothing of the prover.
/// </summary>
public static class CertificateCheck
{
    /// <summary>Characters of a certificate.</summary>
    public const int MaxLength = 1 << 24;

    // Literals that a message shows.
    private const int MostShown = 20;

    /// <summary>Checks a certificate. Never throws on any text.</summary>
    public static CertificateReport Run(DocumentText text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        Certificate? certificate = null;
        string problem = "";
        try
        {
            if (text.Text.Length > MaxLength)
            {
                throw new CertificateRefusedException($"it has {text.Text.Length} characters; the limit is {MaxLength}");
            }

            certificate = CertificateReader.Read(text);
            Check(certificate);
        }
        catch (Exception e) when (e is CertificateRefusedException or NotCoveredException)
        {
            problem = e.Message;
        }

        return new CertificateReport(
            problem.Length == 0,
            problem,
            certificate is null ? "" : ClaimWords.Of(certificate.Question),
            certificate?.Question.Given ?? [],
            certificate is null ? [] : [.. certificate.Question.Documents.Select(d => new CertificateDocument(d.Name, d.Policy.Source.Text))],
            certificate?.Clauses.Count ?? 0,
            certificate?.Lemmas.Count ?? 0,
            certificate?.Steps.Count ?? 0);
    }

    private static void Check(Certificate certificate)
    {
        var derivation = new QuestionDerivation(certificate.Question);
        CertificateClause[] all = [.. certificate.Clauses, .. certificate.Lemmas, .. certificate.Steps];
        CheckForm(certificate, all, derivation.Atoms);
        var derived = new HashSet<string>(derivation.Clauses.All.Select(c => Words(c.Origin, c.Literals)), StringComparer.Ordinal);
        foreach (CertificateClause clause in certificate.Clauses)
        {
            if (!derived.Remove(Words(clause.Source, clause.Literals)))
            {
                throw new CertificateRefusedException($"the clause {Shown(clause.Literals)} does not follow from \"{clause.Source}\", or stands there twice");
            }
        }

        var effort = new LemmaEffort();
        foreach (CertificateClause lemma in certificate.Lemmas)
        {
            if (LemmaCheck.About(derivation.Atoms, lemma.Literals) is not { } variable || variable.Name != lemma.Source)
            {
                throw new CertificateRefusedException($"the lemma {Shown(lemma.Literals)} is not about \"{lemma.Source}\" alone");
            }

            if (!LemmaCheck.Holds(derivation.Atoms, lemma.Literals, new HashSet<int>(), effort, out _))
            {
                throw new CertificateRefusedException($"the lemma {Shown(lemma.Literals)} about {lemma.Source} is not confirmed");
            }
        }

        CheckSteps(certificate, all);
    }

    /// <summary>Atoms are listed once, in order, as they are derived, and all are used; literals stand in order.</summary>
    private static void CheckForm(Certificate certificate, CertificateClause[] all, Atoms atoms)
    {
        int last = 0;
        foreach (KeyValuePair<int, string> atom in certificate.Atoms)
        {
            if (atom.Key <= last || atom.Key > atoms.Count || atoms[atom.Key].Name != atom.Value)
            {
                throw new CertificateRefusedException($"atom {atom.Key} is not \"{atom.Value}\", or is out of order");
            }

            last = atom.Key;
        }

        var used = new HashSet<int>();
        foreach (IReadOnlyList<int> literals in all.Select(c => c.Literals))
        {
            var known = new HashSet<int>(literals);
            for (int i = 0; i < literals.Count; i++)
            {
                // The least number there is has no opposite.
                if (literals[i] is 0 or int.MinValue || (i > 0 && literals[i] <= literals[i - 1]) || known.Contains(-literals[i]))
                {
                    throw new CertificateRefusedException($"{Shown(literals)} is not a clause in good order");
                }
            }

            used.UnionWith(literals.Select(Math.Abs));
        }

        if (!used.SetEquals(certificate.Atoms.Select(a => a.Key)))
        {
            throw new CertificateRefusedException("the atoms listed are not those used");
        }
    }

    private static void CheckSteps(Certificate certificate, CertificateClause[] all)
    {
        var used = new HashSet<int>();
        int first = all.Length - certificate.Steps.Count;
        for (int i = first; i < all.Length; i++)
        {
            if (all[i].By.Any(n => n < 1 || n > i))
            {
                throw new CertificateRefusedException($"step {i + 1} names a clause that does not come before it");
            }

            used.UnionWith(all[i].By);
            if (StepCheck.Refuse(all[i].Literals, [.. all[i].By.Select(n => all[n - 1].Literals)]) is { } reason)
            {
                throw new CertificateRefusedException($"step {i + 1} does not follow: {reason}");
            }
        }

        if (first == all.Length || all[all.Length - 1].Literals.Count != 0)
        {
            throw new CertificateRefusedException("the last step is not the clause that nothing satisfies");
        }

        if (used.Count != all.Length - 1 || used.Contains(all.Length))
        {
            throw new CertificateRefusedException("it holds a clause, lemma or step that it does not use");
        }
    }

    private static string Shown(IReadOnlyList<int> literals) =>
        $"[{string.Join(" ", literals.Take(MostShown))}{(literals.Count > MostShown ? $" … {literals.Count - MostShown} more" : "")}]";

    private static string Words(string origin, IEnumerable<int> literals) => string.Join(" ", literals) + " " + origin;
}
