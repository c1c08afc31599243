using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>
/// The pages in a text: one object, several behind each other as a loop over markers writes them, or an array of them.
/// Each is a text of its own that knows its place, so that what is wrong with one leaves the others alone.
/// </summary>
internal static class DumpPages
{
    public static IEnumerable<JsonItem> Of(DocumentText source)
    {
        foreach (DocumentText text in Split(source))
        {
            JsonItem root = JsonTreeReader.Read(text).Root;
            if (root.Kind != JsonKind.Array)
            {
                yield return root;
                continue;
            }

            foreach (JsonItem page in root.Elements())
            {
                yield return page;
            }
        }
    }

    private static IEnumerable<DocumentText> Split(DocumentText source)
    {
        string text = source.Text;
        int depth = 0, from = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is '{' or '[')
            {
                depth++;
            }
            else if (c is '}' or ']' && --depth == 0 && !IsBlank(text, i + 1))
            {
                yield return Cut(source, from, i + 1);
                from = i + 1;
            }
        }

        yield return from == 0 ? source : Cut(source, from, text.Length);
    }

    private static DocumentText Cut(DocumentText source, int from, int end) =>
        new(source.Text.Substring(from, end - from), source.Name, source.PositionOf(from));

    private static bool IsBlank(string text, int from)
    {
        while (from < text.Length && text[from] is ' ' or '\t' or '\r' or '\n')
        {
            from++;
        }

        return from >= text.Length;
    }
}
