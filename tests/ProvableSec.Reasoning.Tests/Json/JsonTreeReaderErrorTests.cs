using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

public sealed class JsonTreeReaderErrorTests
{
    private const string CommentMessage = "comments are not allowed in JSON, and AWS refuses a policy with one; remove it or move it into a Sid";

    [Theory]
    [InlineData("", "1:1 the text is empty; expected a JSON value")]
    [InlineData(" \r\n\t", "2:2 the text is empty; expected a JSON value")]
    [InlineData("{", "1:2 the text ends inside the object that began at 1:1; expected '}'")]
    [InlineData("{\"a\"", "1:5 the end of the text where ':' was expected after the property name")]
    [InlineData("{\"a\":", "1:6 the end of the text where a value was expected")]
    [InlineData("{\"a\":[{\"b\":1", "1:13 the text ends inside the object that began at 1:7; expected '}'")]
    [InlineData("{\"a\":1,\n", "2:1 the text ends inside the object that began at 1:1; expected '}'")]
    [InlineData("\"abc", "1:1 the string is never closed; expected '\"'")]
    [InlineData("{\"a\":\"b", "1:6 the string is never closed; expected '\"'")]
    [InlineData("{\"a", "1:2 the string is never closed; expected '\"'")]
    [InlineData("[\"a\\", "1:2 the string is never closed; expected '\"'")]
    [InlineData("[\"a\\\"", "1:2 the string is never closed; expected '\"'")]
    public void A_text_that_ends_too_early_gives_one_message(string text, string expected) => Assert.Equal([expected], Located.Json(text));

    [Theory]
    [InlineData("[1,]", "1:4 a comma before ']' must be followed by another value")]
    [InlineData("{\"a\":1,}", "1:8 a comma before '}' must be followed by another property")]
    [InlineData("[,1]", "1:2 unexpected ','; expected a value")]
    [InlineData("[1,,2]", "1:4 unexpected ','; expected a value")]
    [InlineData("{,\"a\":1}", "1:2 unexpected ','; expected a property name in double quotes")]
    [InlineData("[1 2]", "1:4 '2' where ',' or ']' was expected")]
    [InlineData("[\"a\" \"b\"]", "1:6 '\"' where ',' or ']' was expected")]
    [InlineData("{\"a\":1 \"b\":2}", "1:8 '\"' where ',' or '}' was expected")]
    [InlineData("{\"a\" 1}", "1:6 '1' where ':' was expected after the property name")]
    [InlineData("{\"a\",\"b\":1}", "1:5 ',' where ':' was expected after the property name")]
    [InlineData("{\"a\":,\"b\":1}", "1:6 ',' where a value was expected")]
    [InlineData("{\"a\"::1}", "1:6 ':' where a value was expected")]
    [InlineData("[\"a\":1]", "1:5 ':' where ',' or ']' was expected")]
    public void A_misplaced_separator_is_named(string text, params string[] expected) => Assert.Equal(expected, Located.Json(text));

    [Theory]
    [InlineData("{\"a\":1]", "1:7 ']' where '}' was expected for the object that began at 1:1")]
    [InlineData("[1}", "1:3 '}' where ']' was expected for the array that began at 1:1")]
    [InlineData("[[1},2]", "1:4 '}' where ']' was expected for the array that began at 1:2")]
    [InlineData("{\"a\":[1}", "1:8 '}' where ']' was expected for the array that began at 1:6")]
    [InlineData("{\"a\":[[[1}", "1:10 '}' where ']' was expected for the array that began at 1:8")]
    [InlineData("[{\"a\":1]", "1:8 ']' where '}' was expected for the object that began at 1:2")]
    [InlineData("{\"a\":[{\"b\":1],\"c\":2}", "1:13 ']' where '}' was expected for the object that began at 1:7")]
    [InlineData("}", "1:1 unexpected '}'; expected a value")]
    [InlineData("{}}", "1:3 unexpected '}' after the end of the JSON value")]
    [InlineData("1 2", "1:3 unexpected '2' after the end of the JSON value")]
    public void A_wrong_bracket_is_named_once_and_the_rest_is_read(string text, string expected) => Assert.Equal([expected], Located.Json(text));

    [Fact]
    public void After_a_missing_brace_the_enclosing_object_keeps_its_other_properties()
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText("{\"a\":[{\"b\":1],\"c\":2}")).Root;
        Assert.True(root.TryGetProperty("c", out JsonItem c));
        Assert.Equal("2", c.Text);
        Assert.True(root.TryGetProperty("a", out JsonItem a));
        Assert.Equal(1, a.Count);
    }

    [Theory]
    [InlineData("[tru]", "1:2 'tru' is not JSON value; strings are written in double quotes")]
    [InlineData("[True]", "1:2 'True' is not JSON value; strings are written in double quotes")]
    [InlineData("[aZ09_-+.]", "1:2 'aZ09_-+.' is not JSON value; strings are written in double quotes")]
    [InlineData("[NaN]", "1:2 'NaN' is not JSON value; strings are written in double quotes")]
    [InlineData("{\"a\":Allow}", "1:6 'Allow' is not JSON value; strings are written in double quotes")]
    [InlineData("[01]", "1:2 '01' is not a number as JSON writes it")]
    [InlineData("[-01]", "1:2 '-01' is not a number as JSON writes it")]
    [InlineData("[1.]", "1:2 '1.' is not a number as JSON writes it")]
    [InlineData("[-]", "1:2 '-' is not a number as JSON writes it")]
    [InlineData("[1e]", "1:2 '1e' is not a number as JSON writes it")]
    [InlineData("[1e+]", "1:2 '1e+' is not a number as JSON writes it")]
    [InlineData("[0x1F]", "1:2 '0x1F' is not a number as JSON writes it")]
    [InlineData("[1.2.3]", "1:2 '1.2.3' is not a number as JSON writes it")]
    [InlineData("[+1]", "1:2 '+1' is not JSON value; strings are written in double quotes")]
    [InlineData("[.5]", "1:2 '.5' is not JSON value; strings are written in double quotes")]
    [InlineData("[@]", "1:2 unexpected '@'; expected a value")]
    [InlineData("[\0]", "1:2 unexpected U+0000; expected a value")]
    [InlineData("[\u00E9]", "1:2 unexpected U+00E9; expected a value")]
    [InlineData("{a:1}", "1:2 unexpected 'a'; expected a property name in double quotes")]
    [InlineData("{1:1}", "1:2 unexpected '1'; expected a property name in double quotes")]
    public void A_word_that_is_no_value_is_quoted_back(string text, string expected) => Assert.Equal([expected], Located.Json(text));

    [Theory]
    [InlineData("// c\n{}", "1:1 " + CommentMessage)]
    [InlineData("{} // c", "1:4 " + CommentMessage)]
    [InlineData("{\n  # c\r\n}", "2:3 " + CommentMessage)]
    [InlineData("[1, /* a\n b */ 2]", "1:5 " + CommentMessage)]
    [InlineData("{\"a\" /*x*/ : /*y*/ 1}", "1:6 " + CommentMessage, "1:14 " + CommentMessage)]
    [InlineData("[/* never closed", "1:2 " + CommentMessage, "1:17 the text ends inside the array that began at 1:1; expected ']'")]
    [InlineData("[1 / 2]", "1:4 '/' where ',' or ']' was expected")]
    public void A_comment_is_an_error_and_passed_over(string text, params string[] expected) => Assert.Equal(expected, Located.Json(text));

    [Theory]
    [InlineData("{'a':'b, c'}", "1:2 strings are written in double quotes", "1:6 strings are written in double quotes")]
    [InlineData("['it\\'s', \"b\"]", "1:2 strings are written in double quotes")]
    [InlineData("['a\n]", "1:2 strings are written in double quotes")]
    public void Single_quotes_are_named_and_read_as_strings(string text, params string[] expected) => Assert.Equal(expected, Located.Json(text));

    [Theory]
    [InlineData("[\"\\x\"]", "1:3 '\\x' is not an escape that JSON knows; write '\\\\' for a backslash")]
    [InlineData("[\"\\\u001b\"]", "1:3 '\\U+001B' is not an escape that JSON knows; write '\\\\' for a backslash")]
    [InlineData("[\"\\\U0001F600\"]", "1:3 '\\U+D83D' is not an escape that JSON knows; write '\\\\' for a backslash")]
    [InlineData("[\"a\\u12\"]", "1:4 '\\u' must be followed by four hexadecimal digits")]
    [InlineData("[\"a\\u12G4\"]", "1:4 '\\u' must be followed by four hexadecimal digits")]
    [InlineData("[\"a\tb\"]", "1:4 the control character U+0009 must be written as an escape inside a string")]
    [InlineData("[\"a\0b\u001f\"]", "1:4 the control character U+0000 must be written as an escape inside a string",
        "1:6 the control character U+001F must be written as an escape inside a string")]
    [InlineData("[\"a,\n\"b\"]", "1:2 the string is not closed on its line; expected '\"' (write \\n for a line break)",
        "2:1 '\"' where ',' or ']' was expected")]
    [InlineData("[\"a\\\r\n, \"b\"]", "1:2 the string is not closed on its line; expected '\"' (write \\n for a line break)")]
    public void A_broken_string_is_located(string text, params string[] expected) => Assert.Equal(expected, Located.Json(text));

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "1:8 the key \"a\" is here twice; the first is at 1:2")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "1:8 the key \"\\u0061\" is here twice; the first is at 1:2")]
    [InlineData("{\"a\":1,\n\"a\":2,\"a\":3}", "2:1 the key \"a\" is here twice; the first is at 1:2", "2:7 the key \"a\" is here twice; the first is at 1:2")]
    [InlineData("{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1,\"1\":1}", "1:56 the key \"1\" is here twice; the first is at 1:2")]
    public void A_key_that_is_there_twice_is_located(string text, params string[] expected)
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText(text));
        Assert.Equal(expected, Located.Lines(document.Problems));
        Assert.All(document.Problems, p => Assert.Equal(ProblemCode.DuplicateKey, p.Code));
    }

    [Fact]
    public void Problems_come_in_the_order_of_the_text()
    {
        // The double key is known only when its object closes, after the comment inside it.
        Assert.Equal(
            ["1:8 the key \"a\" is here twice; the first is at 1:2", "1:12 " + CommentMessage, "1:18 unexpected '@'; expected a value"],
            Located.Json("{\"a\":1,\"a\":/*c*/ @}"));
    }

    [Theory]
    [InlineData("{\"x\":[1,{\"y\":tru}]}", "/x/1/y")]
    [InlineData("{\"x\":[1,{\"y\":1 2}]}", "/x/1")]
    [InlineData("{\"a/b\":{\"c~\":[1,]}}", "/a~1b/c~0")]
    [InlineData("{\"x\":{\"y\":1,\"y\":2}}", "/x/y")]
    [InlineData("{\"x\":[{\"y\":1", "/x/0")]
    [InlineData("{\"x\":[1}", "/x")]
    [InlineData("{} x", "")]
    public void A_problem_points_to_the_value_it_lies_in(string text, string pointer)
    {
        PolicyProblem problem = Assert.Single(JsonTreeReader.Read(new DocumentText(text)).Problems);
        Assert.Equal(pointer, problem.Pointer);
    }

    [Fact]
    public void Messages_never_repeat_control_characters_or_half_a_character()
    {
        string key = "\"\\\"\u001b[31m" + new string('x', 28) + "\U0001F600\U0001F600\"";
        string text = "{" + key + ":1," + key + ":2}";
        PolicyProblem problem = JsonTreeReader.Read(new DocumentText(text)).Problems.Single(p => p.Code == ProblemCode.DuplicateKey);
        Assert.Equal("the key \"\\\"\\u001b[31mxxxxxxxxxxxxxxxxxxxxxxxxxxxx... is here twice; the first is at 1:2", problem.Message);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_in_one_reading()
    {
        string text = """
            {
              // who
              'Version': "2012-10-17"
              "Statement": [{"Effect": Allow, "Action": ["s3:*",], "Resource": "*\q"}],
            }
            """.ReplaceLineEndings("\n");
        Assert.Equal(
            [
                "2:3 " + CommentMessage,
                "3:3 strings are written in double quotes",
                "4:3 '\"' where ',' or '}' was expected",
                "4:28 'Allow' is not JSON value; strings are written in double quotes",
                "4:53 a comma before ']' must be followed by another value",
                "4:70 '\\q' is not an escape that JSON knows; write '\\\\' for a backslash",
                "5:1 a comma before '}' must be followed by another property",
            ],
            Located.Json(text));
    }

    [Fact]
    public void Truncated_at_any_place_a_document_gives_one_located_message()
    {
        string sample = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"a\\u0041\\n\", \"Effect\": \"Allow\", \"Action\": [\"s3:*\"], \"Resource\": null, \"n\": -1.5e3, \"t\": true}]}";
        Assert.Empty(Located.Json(sample));
        for (int length = 0; length < sample.Length; length++)
        {
            string text = sample[..length];
            PolicyProblem[] problems = [.. JsonTreeReader.Read(new DocumentText(text)).Problems];
            Assert.True(problems.Length is 1 or 2, $"{length}: {string.Join(" | ", problems.Select(p => p.ToString()))}");
            // Cut inside a word or number, the stump is wrong as well.
            Assert.True(problems.Length == 1 || char.IsLetterOrDigit(text[^1]) || text[^1] is '-' or '.' or '+'
                || text.EndsWith("\\u004", StringComparison.Ordinal), $"{length}: {string.Join(" | ", problems.Select(p => p.ToString()))}");
            Assert.All(problems, p => Assert.InRange(p.Span.End, 0, length));
        }
    }
}
