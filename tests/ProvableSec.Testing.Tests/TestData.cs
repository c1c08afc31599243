namespace ProvableSec.Testing.Tests;

/// <summary>Where the files of these tests are.</summary>
internal static class TestData
{
    public static readonly string Folder = Repository.Path("tests/ProvableSec.Testing.Tests");
}
