"""What the demo city asks about the safety of information, and how people answer."""
from collections.abc import Collection

from groupware.kernel import db
from groupware.kernel.actor import Actor
from training.commands.quizzes import take_quiz, write_quiz
from training.forms.quizzes import Answers, QuizDraft
from training.judging import ONE, SEVERAL, Asked, Question
from training.queries.quizzes import paper_for, quizzed_for, standing_in

PASS, TRIES = 75, 3
ASKED = (
    Question("知らない相手から、請求書だという添付ファイルの付いたメールが届きました。はじめにすることはどれですか。", ONE,
             ("開かずに、課の担当と情報政策の窓口に知らせる", "開いて中身を確かめる", "送り主に返信して確かめる", "同じ課の人に転送する"), (0,),
             "開くことも、返信や転送も、被害を広げることがあります。触らずに知らせてください。（実演の例）"),
    Question("席を離れるときに、いつもすることをすべて選んでください。", SEVERAL,
             ("画面をロックする", "個人情報の書類をしまう", "パスワードを書いた紙を机に貼る", "隣の人に操作を頼んでおく"), (0, 1),
             "短い時間でも、画面と書類の両方です。（実演の例）"),
    Question("仕事の資料を庁舎の外に持ち出すときの扱いで、正しいものはどれですか。", ONE,
             ("決められた許可を得て、決められた機器だけを使う", "急ぐときは自分の USB メモリーに写す", "自分のメールに送っておく"), (0,),
             "許可と機器の両方がそろって、はじめて持ち出せます。（実演の例）"),
    Question("「おかしい」と思ったときの行動として、正しいものをすべて選んでください。", SEVERAL,
             ("すぐに窓口へ連絡する", "機器を通信から切り離す", "様子を見て、翌日に相談する", "いつ何をしたかを書き留める"), (0, 1, 3),
             "早い連絡がいちばんの備えです。まちがいを責めることはありません。（実演の例）"))


def ask(keeper: Actor, course_id: int) -> None:
    write_quiz(keeper, course_id, QuizDraft(True, PASS, TRIES, ASKED))


def answer(actor: Actor, course_id: int, missed: Collection[int] = ()) -> None:
    """All rightly but for these."""
    db.end_reading()
    quizzed = quizzed_for(actor, course_id)
    number = standing_in(quizzed.course, quizzed.quiz, actor.user_id).made + 1
    questions, asked = paper_for(quizzed.quiz, actor.user_id, number)
    picked = tuple(_picked(each, questions[each.place], right=each.place not in missed) for each in asked)
    take_quiz(actor, course_id, Answers(quizzed.quiz.version, number, picked))


def _picked(each: Asked, question: Question, *, right: bool) -> tuple[int, ...]:
    return tuple(pick for pick, choice in enumerate(each.order) if (choice in question.right) == right)[:None if right else 1]
