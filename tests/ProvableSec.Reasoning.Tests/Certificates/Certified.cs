using ProvableSec.CertificateChecker;
using ProvableSec.Certificates;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>Certificates of questions as a user writes them.</summary>
internal static class Certified
{
    /// <summary>A question that is proved, with its certificate.</summary>
    public static string Certificate(string query)
    {
        CertificateResult result = Write(query);
        Assert.True(result.Text is not null, result.Reason);
        return result.Text!;
    }

    /// <summary>What becomes of the certificate of an answer.</summary>
    public static CertificateResult Write(string query)
    {
        Query read = Ask.Read(query);
        return CertificateWriter.Write(read, Prover.Answer(read));
    }

    /// <summary>What becomes of a claim that nobody proved, with the assumptions that it makes: there is a certificate only if the checker's own clauses
    /// exclude each other.</summary>
    public static CertificateResult Claim(string query, params string[] given)
    {
        Query read = Ask.Read(query);
        return CertificateWriter.Write(read, new Answer(read.Question == Reasoning.Questions.Question.Can ? Verdict.Violated : Verdict.Holds, null, "claimed",
            [], [.. given], 0, []));
    }

    public static CertificateReport Check(string text) => CertificateCheck.Run(new DocumentText(text));

    /// <summary>A question about two lone documents.</summary>
    public static string Question(string question, string policy, string name, string other, string more = "") =>
        $$"""{"question":"{{question}}","policy":{{policy}},"{{name}}":{{other}}{{more}}}""";

    public static string AskedNoNewAccess(string policy, string baseline, string more = "") => Question("no-new-access", policy, "baseline", baseline, more);

    public static string AskedNotGranted(string policy, string forbidden, string more = "") => Question("not-granted", policy, "forbidden", forbidden, more);
}
