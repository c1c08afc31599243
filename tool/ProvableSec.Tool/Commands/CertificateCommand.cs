using System.CommandLine;
using ProvableSec.CertificateChecker;
using ProvableSec.Policy;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Input;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Commands;

/// <summary><c>certificate check FILE…</c>: whether proofs that were written down are proofs.</summary>
internal static class CertificateCommand
{
    public static Command Create(CommandConsole console)
    {
        var files = new Argument<string[]>("FILE") { Description = "Certificates, as prove and verify write them with --certificate (- for standard input)", Arity = ArgumentArity.OneOrMore };
        var check = new ExampleCommand(
            "check",
            "Checks certificates from the policies in them, without the prover",
            "provablesec certificate check certificates/*.json",
            "provablesec certificate check - < certificate.json")
        {
            files,
        };
        check.SetAction(result =>
        {
            int code = ExitCodes.Success;
            foreach (string file in result.GetRequiredValue(files))
            {
                code = ExitCodes.Combine(code, Check(console, file));
            }

            return code;
        });
        return new Command("certificate", "Checks proofs that prove and verify have written down") { check };
    }

    private static int Check(CommandConsole console, string file)
    {
        PolicyProblem? problem;
        SourceText? text = file == InputArgument.StandardInput ? InputFile.TryRead(console.Input, file, out problem) : InputFile.TryRead(file, file, out problem);
        if (text is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
            return ExitCodes.BadInput;
        }

        CertificateReport report = CertificateCheck.Run(text);
        if (!report.IsValid && RecognizedInput.InsteadOf(RecognizedInput.Certificate, text) is { } other)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(other));
            return ExitCodes.BadInput;
        }

        TextWriter to = console.OutputText;
        to.WriteLine(Printable.Clean($"{(report.IsValid ? "✓" : "✗")} {file}  {(report.IsValid ? "valid" : "refused")}"));
        if (!report.IsValid)
        {
            to.WriteLine(Printable.Clean($"    {report.Problem}."));
            return ExitCodes.Finding;
        }

        to.WriteLine(Printable.Clean($"    proved: {report.Claim}"));
        if (report.Given.Count > 0)
        {
            to.WriteLine(Printable.Clean($"    given: {string.Join(", ", report.Given)}"));
        }

        to.WriteLine(Printable.Clean($"    {report.Clauses} clauses, {report.Lemmas} lemmas, {report.Steps} steps"));
        int code = ExitCodes.Success;
        foreach (CertificateDocument document in report.Documents.Where(d => d.Name.Length > 0 && File.Exists(d.Name)))
        {
            // A proof about what a file said once is none about what it says now.
            if (InputFile.TryRead(document.Name, document.Name, out _)?.Text != document.Text)
            {
                to.WriteLine(Printable.Clean($"    but {document.Name} is another policy now than the one it is about"));
                code = ExitCodes.Finding;
            }
        }

        return code;
    }
}
