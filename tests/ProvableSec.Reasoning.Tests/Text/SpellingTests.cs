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
}
