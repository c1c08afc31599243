using System.Globalization;
using System.Xml;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Rendering;

/// <summary>JUnit's XML, which every CI system shows as tests.</summary>
internal static class JUnitSuite
{
    /// <summary>Writes a suite.</summary>
    /// <param name="to">Takes the XML.</param>
    /// <param name="name">What the suite is called.</param>
    /// <param name="cases">Its tests.</param>
    /// <param name="time">How long they took together; null where that is not said.</param>
    /// <param name="notes">What is said of no test: the format has no place for it but the output of all.</param>
    public static void Write(TextWriter to, string name, IReadOnlyList<JUnitCase> cases, TimeSpan? time = null, IReadOnlyList<string>? notes = null)
    {
        using (var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Text(name));
            foreach ((string counted, int count) in ((string, int)[])
                [
                    ("tests", cases.Count), ("failures", Count(JUnitOutcome.Failed)), ("errors", Count(JUnitOutcome.Error)),
                        ("skipped", Count(JUnitOutcome.Skipped)),
                ])
            {
                xml.WriteAttributeString(counted, count.ToString(CultureInfo.InvariantCulture));
            }

            if (time is { } whole)
            {
                xml.WriteAttributeString("time", whole.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
            }

            foreach (JUnitCase one in cases)
            {
                Write(xml, one);
            }

            if (notes is { Count: > 0 })
            {
                xml.WriteElementString("system-out", string.Join('\n', notes.Select(Text)));
            }

            xml.WriteEndElement();
        }

        to.WriteLine();

        int Count(JUnitOutcome outcome) => cases.Count(one => one.Outcome == outcome);
    }

    private static void Write(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Text(one.Name));
        xml.WriteAttributeString("classname", Text(one.Group));
        xml.WriteAttributeString("time", one.Seconds.ToString("F6", CultureInfo.InvariantCulture));
        if (one.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(one.Outcome switch { JUnitOutcome.Failed => "failure", JUnitOutcome.Skipped => "skipped", _ => "error" });
            if (one.Type.Length > 0)
            {
                xml.WriteAttributeString("type", Text(one.Type));
            }

            xml.WriteAttributeString("message", Text(one.Message));
            xml.WriteEndElement();
        }

        if (one.Output is { } output)
        {
            xml.WriteElementString("system-out", Text(output));
        }

        xml.WriteEndElement();
    }

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Text(string text) => new([.. Printable.Clean(text).Where(XmlConvert.IsXmlChar)]);
}
