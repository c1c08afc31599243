using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ProvableSec.Certificates;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

/// <summary>Writes the certificate of every proof into a folder. Safe for several workers.</summary>
internal sealed class CertificateFolder(string folder)
{
    private readonly ConcurrentQueue<string> disagreements = new();
    private readonly ConcurrentQueue<string> unwritten = new();

    /// <summary>Writes a certificate. An answer that the checker's reading of the policies contradicts is a verdict no longer.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">The answer to it.</param>
    /// <param name="name">What the file is called, where it can be called that.</param>
    public (Answer Answer, AnswerCertificate Certificate) Write(Query query, Answer answer, string? name)
    {
        CertificateResult result = CertificateWriter.Write(query, answer);
        if (result.IsDisagreement)
        {
            disagreements.Enqueue(
                $"no certificate for the answer {query.Id ?? "to the question"}, because {result.Reason}; please report this with the question");
            answer = answer with
            {
                Verdict = Verdict.Unknown,
                UnknownBecause = UnknownReason.Contradicted,
                Reason = $"{result.Reason}, so nothing is claimed: an internal error"
            };
        }

        if (result.Text is not { } text)
        {
            return (answer, new AnswerCertificate([], result.Reason));
        }

        // The name tells certificates of one question about several stacks apart, on every machine alike.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4));
        string file = Path.Combine(folder, $"{QuestionFileName.Of(name) ?? QuestionNames.NameOf(query.Question)}-{digest}.json");
        try
        {
            OutputFile.Write(file, stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unwritten.Enqueue($"{file} cannot be written: {e.Message}");
            return (answer, new AnswerCertificate([], "it cannot be written"));
        }

        return (answer, new AnswerCertificate([file], ""));
    }

    /// <summary>Tells of what went wrong.</summary>
    /// <returns>The exit code that it makes of another one.</returns>
    public int Report(TextWriter messages, int exitCode)
    {
        foreach (string file in unwritten)
        {
            messages.WriteLine("provablesec: " + Printable.Clean(file));
            exitCode = ExitCodes.Combine(exitCode, ExitCodes.BadInput);
        }

        foreach (string disagreement in disagreements)
        {
            messages.WriteLine("provablesec: internal error: " + Printable.Clean(disagreement));
            exitCode = ExitCodes.InternalError;
        }

        return exitCode;
    }
}
