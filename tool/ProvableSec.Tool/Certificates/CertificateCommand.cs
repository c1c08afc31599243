using System.CommandLine;
using ProvableSec.CertificateChecker;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Certificates;

/// <summary><c>certificate check FILE…</c>: whether proofs that were written down are proofs.</summary>
internal static class CertificateCommand
{
    public static Command Create(CommandConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Certificates, as prove and verify write them with --certificate (- for standard input)",
            Arity = ArgumentArity.OneOrMore
        };
        var compare = new Option<bool>("--compare-files")
        {
            Description = "Also compare the policies in a certificate with the current content of the files that it names"
        };
        Option<bool> allowOutside = AllowOutsideOption.Create("With --compare-files: those files");
        var check = new ExampleCommand(
            "check",
            "Checks certificates against the policies in them, without the prover",
            "provablesec certificate check certificates/*.json",
            "provablesec certificate check certificates/*.json --compare-files",
            "provablesec certificate check - < certificate.json")
        {
            files, compare, allowOutside,
        };
        check.SetAction(result =>
        {
            int code = ExitCodes.Success;
            foreach (string file in result.GetRequiredValue(files))
            {
                code = ExitCodes.Combine(code, Check(console, file, result.GetValue(compare) ? InputScope.Of("", result.GetValue(allowOutside)) : null));
            }

            return code;
        });
        return new Command("certificate", "Checks certificates: proofs that prove and verify have written") { check };
    }

    private static int Check(CommandConsole console, string file, InputScope? compared)
    {
        PolicyProblem? problem;
        DocumentText? text = file == InputArgument.StandardInput ? InputFile.TryRead(console.Input, file, out problem)
            : InputFile.TryRead(file, file, out problem);
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

        to.WriteLine(
            Printable.Clean($"    {Quantity.Of(report.Clauses, "clause")}, {Quantity.Of(report.Lemmas, "lemma")}, {Quantity.Of(report.Steps, "step")}"));
        int code = ExitCodes.Success;
        CertificateDocument[] fromFiles = [.. report.Documents.Where(d => d.Name.Length > 0 && d.Name != InputFile.StandardInputName)];
        if (compared is null && fromFiles.Length > 0)
        {
            to.WriteLine(
                Printable.Clean(
                    $"    about the policies as they stand in it; --compare-files compares them with "
                        + $"{string.Join(", ", fromFiles.Select(d => d.Name).Distinct())}"));
        }

        foreach (CertificateDocument document in compared is null ? [] : fromFiles)
        {
            // A proof about what a file said once is none about what it says now.
            if (InputFile.TryRead(document.Name, document.Name, out PolicyProblem? unreadable, compared) is not { } now)
            {
                console.Error.WriteLine("provablesec: " + ProblemText.Of(unreadable!));
                code = ExitCodes.BadInput;
            }
            else if (now.Text != document.Text)
            {
                to.WriteLine(Printable.Clean($"    but {document.Name} is another policy now than the one it is about"));
                code = ExitCodes.Combine(code, ExitCodes.Finding);
            }
        }

        return code;
    }
}
