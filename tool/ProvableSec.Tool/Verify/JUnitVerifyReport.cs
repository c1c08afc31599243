using System.Globalization;
using System.Xml;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>JUnit's XML, which every CI system shows as tests: a test case for each property, and one for each document with findings.</summary>
internal sealed class JUnitVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        (PolicyProblem Problem, Severity Severity)[] findings = [.. result.Findings];
        PolicyProblem[] problems = [.. result.ConfigurationProblems];
        using (var xml = XmlWriter.Create(console.OutputText,
            new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Text(RelativePath.Of(result.Configuration.Name, result.Configuration.Name)));
            Number("tests", result.Reports.Length + findings.Length + problems.Length);
            Number("failures", result.Reports.Count(report => report.Outcome is Outcome.Violated or Outcome.HoldsUnexpectedly) + findings.Length);
            Number("errors", result.Reports.Count(report => report.Outcome == Outcome.NotAsked) + problems.Length);
            Number("skipped", result.Reports.Count(report => report.Outcome is Outcome.Undecided or Outcome.Vacuous));
            xml.WriteAttributeString("time", result.Time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
            foreach (VerdictReport report in result.Reports)
            {
                Case(report.Id, "properties", report.Micros);
                string? element = report.Outcome switch
                {
                    Outcome.Violated or Outcome.HoldsUnexpectedly => "failure",
                    Outcome.Undecided or Outcome.Vacuous => "skipped",
                    Outcome.NotAsked => "error",
                    _ => null,
                };
                if (element is not null)
                {
                    xml.WriteStartElement(element);
                    xml.WriteAttributeString("message", Text(VerdictSentence.Of(report)));
                    xml.WriteEndElement();
                }

                if (VerdictBasis.InOneLine(report) is { } basis)
                {
                    xml.WriteElementString("system-out", Text(basis));
                }

                xml.WriteEndElement();
            }

            foreach (PolicyProblem problem in problems)
            {
                Case($"{RelativePath.Of(problem.File, result.Configuration.Name)}:{problem.Position}", "configuration", 0);
                xml.WriteStartElement("error");
                xml.WriteAttributeString("message", Text(problem.Message));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            foreach ((PolicyProblem problem, Severity severity) in findings)
            {
                Case($"{RelativePath.Of(problem.File, result.Configuration.Name)}:{problem.Position}", "documents", 0);
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", VerdictWords.Of(severity));
                xml.WriteAttributeString("message", Text(problem.Message));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            if (!result.Warnings.IsEmpty)
            {
                // JUnit has no place for a warning but the output of the tests.
                xml.WriteElementString("system-out",
                    string.Join('\n',
                        result.Warnings.Select(warning =>
                            Text($"warning: {RelativePath.Of(warning.File, result.Configuration.Name)}:{warning.Position}: {warning.Message}"))));
            }

            xml.WriteEndElement();

            void Number(string name, int value) => xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

            void Case(string name, string group, long micros)
            {
                xml.WriteStartElement("testcase");
                xml.WriteAttributeString("name", Text(name));
                xml.WriteAttributeString("classname", group);
                xml.WriteAttributeString("time", (micros / 1e6).ToString("F6", CultureInfo.InvariantCulture));
            }
        }

        console.OutputText.WriteLine();
        console.Error.WriteLine(VerifySummary.Of(result));
    }

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Text(string text) => new([.. Printable.Clean(text).Where(XmlConvert.IsXmlChar)]);
}
