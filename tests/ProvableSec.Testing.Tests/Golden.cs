namespace ProvableSec.Testing.Tests;

/// <summary>Texts that people read, kept as files. <c>PROVABLESEC_WRITE_PAGES=1</c> writes them anew.</summary>
internal static class Golden
{
    public static void Equal(string file, string text)
    {
        string path = Path.Combine(TestData.Folder, file);
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1")
        {
            File.WriteAllText(path, text + "\n");
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n'), text);
    }
}
