from datetime import timedelta

from chat import cards, documents, presence, reactions, reading, seeds, sockets, widgets
from chat.commands.messages import pass_own_words
from chat.events import EVENTS
from chat.following import OrganisationMoved, follow_all
from chat.grouping import GroupRooms
from chat.permissions import RULES, Chat, visible_messages
from chat.queries.rooms import unread
from chat.rendering import SlowMarkup, render_now
from chat.retained import RETAINED
from chat.views import messages  # noqa: F401 (adds its routes to the blueprint)
from chat.views.rooms import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(
    name="chat", label="チャット", blueprint=blueprint,
    access={
        "chat.static": PUBLIC, "chat.index": SIGNED_IN, "chat.room_list": SIGNED_IN, "chat.joinable": SIGNED_IN,
        "chat.room": Chat.SEE, "chat.permalink": Chat.SEE, "chat.members": Chat.SEE, "chat.settings": Chat.SEE, "chat.readers": Chat.SEE,
        "chat.thread": Chat.SEE, "chat.people": Chat.SEE, "chat.page": Chat.SEE, "chat.changes": Chat.SEE, "chat.read": Chat.SEE,
        "chat.set_back": Chat.SEE, "chat.favourite": Chat.SEE, "chat.history": Chat.SEE,
        "chat.new_room": Chat.CREATE, "chat.create_room": Chat.CREATE,
        "chat.open_direct": Chat.TALK, "chat.change_room": Chat.MANAGE, "chat.add_members": Chat.INVITE, "chat.set_units": Chat.MANAGE,
        "chat.remove_member": Chat.MANAGE,
        "chat.join": Chat.JOIN, "chat.leave": Chat.LEAVE, "chat.archive": Chat.MANAGE, "chat.reopen": Chat.MANAGE,
        "chat.post": Chat.POST, "chat.source": Chat.EDIT, "chat.edit": Chat.EDIT, "chat.remove": Chat.DELETE, "chat.stamp": Chat.STAMP,
        "chat.here": Chat.APPEAR, "chat.elsewhere": Chat.APPEAR, "chat.writing": Chat.APPEAR},
    sockets={"chat.post": sockets.post, "chat.changes": sockets.changes, "chat.here": sockets.here},
    signals={"chat.read": reading.hear_cursor, "chat.elsewhere": presence.vanish, "chat.writing": presence.write},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={SlowMarkup: render_now, OrganisationMoved: follow_all},
    before_commit=(pass_own_words,), topics=reactions.topics, followers=reactions.followers,
    retained=RETAINED,
    schedules=(Schedule("chat.follow", timedelta(hours=1), follow_all),),
    cards={"chat.message": cards.message_cards, "chat.room": cards.room_cards}, sights={"chat.message": visible_messages},
    jumps=cards.jumps,
    findables=documents.FINDABLES, audiences=documents.circles, places=documents.places,
    nav=(NavItem("チャット", "chat", "chat.index", 20, told=("chat.change", "chat.badge", "chat.come", "chat.gone")),),
    badges={"chat.index": unread}, widgets=(widgets.unread_talks,),
    notices=(NoticeKind("chat.mention", "あなた宛ての投稿", "＠で名を呼ばれたとき", mail=DIGEST),
             NoticeKind("chat.direct", "個人への連絡", "二人の部屋に投稿があったとき", mail=DIGEST),
             NoticeKind("chat.reply", "あなたの投稿への返信", "")),
    group_places={"chat.room": GroupRooms()}, seed=seeds.plant)
