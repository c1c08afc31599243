namespace ProvableSec.Tests;

/// <summary>Pages of which tests write parts: several tests have a part of one page, and none may undo what another wrote.</summary>
public static class GeneratedPage
{
    private static readonly Lock Writing = new();

    /// <summary>Changes a page as it is now.</summary>
    /// <param name="file">The page.</param>
    /// <param name="change">What becomes of its text, which is empty where there is no page yet.</param>
    /// <returns>The text that it has then.</returns>
    public static string Change(string file, Func<string, string> change)
    {
        lock (Writing)
        {
            string text = File.Exists(file) ? File.ReadAllText(file) : "", changed = change(text);
            if (changed != text)
            {
                // Who reads the page meanwhile reads it as a whole.
                File.WriteAllText(file + ".new", changed);
                File.Move(file + ".new", file, true);
            }

            return changed;
        }
    }
}
