using CsCheck;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Text;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["GetObject", "PutObject", "ListBuckets"];

    [Theory]
    [InlineData("PutObjects", "PutObject")]
    [InlineData("PutObjec", "PutObject")]
    [InlineData("utObject", "PutObject")]
    [InlineData("PutOobject", "PutObject")]
    [InlineData("PuttObject", "PutObject")]
    [InlineData("PatObject", "PutObject")]
    [InlineData("GetOjbect", "GetObject")]
    [InlineData("egtobject", "GetObject")]
    [InlineData("listbucket", "ListBuckets")]
    [InlineData("GetObject ", "GetObject")]
    [InlineData("ListBucketsss", null)]
    [InlineData("GtOject", null)]
    [InlineData("DeleteObject", null)]
    [InlineData("", null)]
    public void One_letter_more_less_other_or_swapped_is_one_edit(string word, string? meant) => Assert.Equal(meant, Spelling.OneEditAway(word, Known));

    [Fact]
    public void The_word_itself_is_no_edit() => Assert.Null(Spelling.OneEditAway("GETOBJECT", ["GetObject"]));

    /// <summary>The search ends as soon as a word is too far off, and must find what the whole table of distances finds.</summary>
    [Fact]
    public void The_nearest_word_is_that_of_all_distances()
    {
        Gen<string> word = Gen.Char["aAbc"].Array[0, 9].Select(letters => new string(letters));
        Gen.Select(word, word.Array[1, 6]).Each(20_000, (misspelled, known) =>
        {
            string? expected = known.Select(candidate => (Word: candidate, Distance: Distance(misspelled.ToUpperInvariant(), candidate.ToUpperInvariant())))
                .Where(found => found.Distance <= (found.Word.Length < 5 ? 1 : 2)).OrderBy(found => found.Distance).Select(found => found.Word)
                    .FirstOrDefault();
            Assert.Equal(expected, Spelling.Nearest(misspelled, known));
        });
    }

    private static int Distance(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1]
                    + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }

        return table[a.Length, b.Length];
    }
}
