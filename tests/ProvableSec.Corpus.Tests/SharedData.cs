namespace ProvableSec.Corpus.Tests;

/// <summary>The third-party data beside the repository; see its README for what it is and under which licences.</summary>
internal static class SharedData
{
    private static readonly string Root = Repository.Path("../shared");

    public static bool Exists => Directory.Exists(Root);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);
}
