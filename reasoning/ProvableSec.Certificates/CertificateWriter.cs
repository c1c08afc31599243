using ProvableSec.CertificateChecker;
using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Format;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Certificates;

/// <summary>
/// Writes certificates. What is proved is what the checker derives from the policies, not what the prover made of them: so a certificate is a
/// second proof, found by search and checked without.
/// </summary>
public static class CertificateWriter
{
    /// <summary>Writes the certificate of an answer.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">The prover's answer to it.</param>
    public static CertificateResult Write(Query query, Answer answer)
    {
        if (answer.Verdict == Verdict.Unknown)
        {
            return new CertificateResult(null, "nothing was proved");
        }

        if (answer.Witness is not null)
        {
            return new CertificateResult(null, "the witness shows it");
        }

        try
        {
            string claim = ClaimWriter.Write(query, answer);
            CertifiedQuestion question = QuestionReader.Read(JsonTreeReader.Read(new DocumentText(claim)).Root);
            var derivation = new QuestionDerivation(question);
            var search = new ProofSearch(derivation, new Budget(query.Budget));
            if (search.FindsModel())
            {
                return Unproved(derivation, question, search);
            }

            string text = CertificateText.Write(claim, derivation, ProofTrimming.Trim(derivation.Clauses.All, search.Lemmas, search.Learned));
            CertificateReport report = CertificateCheck.Run(new DocumentText(text));
            return report.IsValid ? new CertificateResult(text, "") : new CertificateResult(null, $"the certificate was refused: {report.Problem}",
                IsDisagreement: true);
        }
        catch (NotCoveredException e)
        {
            return new CertificateResult(null, e.Message);
        }
        catch (CertificateRefusedException e)
        {
            // A claim that cannot be read back: a policy that is not text of its own, for one.
            return new CertificateResult(null, $"the question cannot be written as a claim: {e.Message}");
        }
        catch (BudgetExhaustedException)
        {
            return new CertificateResult(null, "the search for its steps takes more than the question's budget");
        }
    }

    private static CertificateResult Unproved(QuestionDerivation derivation, CertifiedQuestion question, ProofSearch search)
    {
        if (search.Doubt is { } doubt)
        {
            return new CertificateResult(null, $"the checker does not compare the values of {doubt} in all ways that the policies do");
        }

        if (derivation.Gaps.FirstOrDefault() is { } gap)
        {
            return new CertificateResult(null, $"the checker does not follow {gap}");
        }

        // Of the world the checker knows less than the prover; of policies, given or not, it takes the same.
        string[] facts = [.. question.Given.Where(QuestionAssumptions.IsAboutWorld)];
        return facts.Length > 0
            ? new CertificateResult(null, $"the checker's own facts about the world ({string.Join(", ", facts)}) do not suffice")
            : new CertificateResult(null, "the checker reads the policies in another way than the prover", IsDisagreement: true);
    }
}
